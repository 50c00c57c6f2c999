import { isRealtimeProvider } from "../assistants/catalog/llm-catalog.ts";
import { hasOverrides } from "../workflows/node-configuration.ts";
import type { WorkflowDefinition } from "../workflows/workflow-definition.ts";
import type { CallDecision } from "./call-decision.ts";

/**
 * A decision for a number that a workflow drives. A speech-to-speech model cannot change model or voice in the middle
 * of a call, so that together with overrides the call is refused before it is picked up (facts 6.3). Pure.
 */
export function underWorkflow(decision: CallDecision, workflow: WorkflowDefinition | null): CallDecision {
  if (!workflow || decision.outcome !== "answer") return decision;
  const provider = decision.configuration.llm_config?.provider;
  if (provider !== undefined && isRealtimeProvider(provider) && hasOverrides(workflow)) {
    return {
      outcome: "refuse",
      error: `The workflow's nodes have models or voices of their own, which ${provider} cannot change in a call`,
    };
  }
  return { ...decision, workflow };
}
