import { z } from "zod";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { overlay } from "../assistants/assistant-merge.ts";
import { ApiError } from "../errors.ts";
import { validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import type { AnswerDecision, DecisionPorts, SavedAssistant } from "./call-decision.ts";

const document = z.record(z.string(), z.unknown());

/** Who a call that the API asks for is with (facts 2.3, 8); the three last are the deprecated names, still accepted. */
export const requestedAssistantFields = {
  assistant_id: z.string().nullish(),
  assistant_override: document.nullish(),
  assistant: document.nullish(),
  agent_id: z.string().nullish(),
  agent: document.nullish(),
  agent_config: document.nullish(),
};
const body = z.object(requestedAssistantFields);
type Body = z.output<typeof body>;

export type RequestedAssistantPorts = Pick<DecisionPorts, "findAssistant" | "readPerCall" | "problemsOf">;

export interface RequestedAssistant {
  mode: AnswerDecision["mode"];
  /** undefined: a configuration of the call's own */
  saved: SavedAssistant | undefined;
  /** what the request changes of the saved one, or the whole configuration */
  change: AssistantConfiguration;
  /** of both; a webhook secret that the request brought is still in it */
  merged: AssistantConfiguration;
}

/**
 * Reads the three modes of a request for a call: a saved assistant, a saved one with changes, or a whole configuration for
 * this call alone. @throws ApiError that names the field
 */
export async function readRequestedAssistant(
  organizationId: string,
  given: Body,
  ports: RequestedAssistantPorts,
): Promise<RequestedAssistant> {
  const { id, override, transient } = readMode(given);
  const saved = id ? await findSaved(organizationId, id, ports) : undefined;
  const change = saved ? override : transient;
  const checked = ports.readPerCall(change?.value ?? {});
  if (checked.outcome === "invalid") {
    throw validationError(checked.problems.map((problem) => `${change?.field}.${problem}`));
  }
  const merged = overlay(saved?.configuration, checked.change, undefined);
  const problems = ports.problemsOf(merged);
  if (problems.length > 0) {
    throw validationError(problems.map((problem) => (change ? `${change.field}.${problem}` : problem)));
  }
  const mode = !saved ? "transient" : override ? "hybrid" : "default";
  return { mode, saved, change: checked.change, merged };
}

/** @param configuration  as the call is to have it; a webhook secret in it is taken out */
export function decisionOf(
  { mode, saved }: RequestedAssistant,
  configuration: AssistantConfiguration,
): AnswerDecision {
  const { webhook_secret: secret, ...rest } = configuration;
  return {
    outcome: "answer",
    mode,
    because: "the API asked for it",
    assistantId: saved?.id ?? null,
    configuration: rest,
    webhookSecret: typeof secret === "string" ? secret : undefined,
  };
}

async function findSaved(
  organizationId: string,
  { field, value }: { field: string; value: string },
  ports: RequestedAssistantPorts,
): Promise<SavedAssistant> {
  const saved = isUuid(value) ? await ports.findAssistant(organizationId, value) : undefined;
  if (!saved) {
    throw new ApiError("assistant_not_found", { message: `${field}: there is no assistant with this id` });
  }
  if (!saved.isActive) throw validationError([`${field}: the assistant is not active`]);
  return saved;
}

interface Mode {
  id: { field: string; value: string } | undefined;
  override: { field: string; value: Record<string, unknown> } | undefined;
  transient: { field: string; value: Record<string, unknown> } | undefined;
}

/** Which of the three modes it is, under whichever of the names. @throws ApiError 400 when it is none, or two */
function readMode(given: Body): Mode {
  const first = <K extends keyof Body>(...fields: K[]) => {
    for (const field of fields) {
      const value = given[field];
      if (value !== null && value !== undefined && value !== "") {
        return { field, value: value as NonNullable<Body[K]> };
      }
    }
    return undefined;
  };
  const id = first("assistant_id", "agent_id");
  // The old `agent_config` is a whole configuration where no assistant is named, and changes where one is.
  const override = first("assistant_override") ?? (id && first("agent_config"));
  const transient = first("assistant", "agent") ?? (id ? undefined : first("agent_config"));
  if (transient && override) {
    throw validationError([`${override.field}: cannot be combined with ${transient.field}`]);
  }
  if (id && transient) {
    throw validationError([
      `${transient.field}: cannot be combined with ${id.field}; changes go into assistant_override`,
    ]);
  }
  if (override && !id) throw validationError([`${override.field}: needs assistant_id`]);
  if (!id && !transient) throw validationError(["assistant_id: is required, or assistant"]);
  return { id, override, transient };
}
