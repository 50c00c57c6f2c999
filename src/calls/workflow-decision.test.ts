import { expect, test } from "vitest";
import { workflowDefinitionSchema, type WorkflowDefinition } from "../workflows/workflow-definition.ts";
import type { CallDecision } from "./call-decision.ts";
import { underWorkflow } from "./workflow-decision.ts";

const workflow = (node: object): WorkflowDefinition =>
  workflowDefinitionSchema.parse({
    version: 1,
    entry_node: "talk",
    nodes: [{ id: "talk", type: "conversation", instructions: "Talk.", ...node }],
  });
const answer = (provider: string): CallDecision => ({
  outcome: "answer",
  mode: "default",
  because: "the webhook answered",
  assistantId: "a",
  configuration: { llm_config: { provider } },
  webhookSecret: undefined,
});
const refusal: CallDecision = { outcome: "refuse", error: "The number is linked to no assistant" };
const plain = workflow({});
const voiced = workflow({ voice: "nova" });
const refused = { outcome: "refuse", error: expect.stringContaining("openai_live") as string };

test.each<[string, CallDecision, WorkflowDefinition | null, object]>([
  ["no workflow", answer("openai_live"), null, answer("openai_live")],
  ["text", answer("openai"), voiced, { ...answer("openai"), workflow: voiced }],
  [
    "speech to speech, nothing overridden",
    answer("openai_live"),
    plain,
    { ...answer("openai_live"), workflow: plain },
  ],
  ["speech to speech with a node's own voice", answer("openai_live"), voiced, refused],
  ["nothing says how to answer", refusal, plain, refusal],
])("%s", (_what, decision, definition, expected) => {
  expect(underWorkflow(decision, definition)).toEqual(expected);
});
