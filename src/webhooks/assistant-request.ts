/** What the answer to `assistant-request` says (facts 1.6). Pure: it is read here and applied in assistants/. */
export type AssistantRequestAnswer = { maxDurationSeconds: number | undefined } & (
  | { mode: "default" }
  /** an inline configuration, whole or partial */
  | { mode: "transient"; assistant: Record<string, unknown> }
  | { mode: "hybrid"; assistantId: string; override: Record<string, unknown> }
  /** the text is spoken to the caller, then the call ends */
  | { mode: "reject"; text: string }
  /** cannot be understood; the call goes on as if the webhook had not answered */
  | { mode: "invalid"; problem: string }
);

/** Longest text that is read out when a call is rejected. */
const MAX_REJECTION_CHARACTERS = 1_000;

/** @param body the parsed JSON of a 2xx answer. `agent_id` and `agent` are the old names of the same fields (facts 2.0). */
export function readAssistantRequestAnswer(body: unknown): AssistantRequestAnswer {
  if (!isObject(body)) return invalid("the answer is not a JSON object");
  const maxDuration = body["max_duration_seconds"];
  if (maxDuration !== undefined && maxDuration !== null && !isPositiveInteger(maxDuration)) {
    return invalid("max_duration_seconds must be a whole number of seconds, at least 1");
  }
  const common = { maxDurationSeconds: isPositiveInteger(maxDuration) ? maxDuration : undefined };

  const error = body["error"];
  if (error !== undefined && error !== null) {
    if (typeof error !== "string" || error.trim() === "") return invalid("error must be a text");
    return { ...common, mode: "reject", text: error.slice(0, MAX_REJECTION_CHARACTERS) };
  }
  const assistantId = body["assistant_id"] ?? body["agent_id"] ?? undefined;
  const override = body["assistant_override"] ?? undefined;
  const assistant = body["assistant"] ?? body["agent"] ?? undefined;
  if (assistantId !== undefined) {
    if (typeof assistantId !== "string") return invalid("assistant_id must be a text");
    if (override !== undefined && !isObject(override)) return invalid("assistant_override must be an object");
    return { ...common, mode: "hybrid", assistantId, override: override ?? {} };
  }
  if (assistant !== undefined) {
    if (!isObject(assistant)) return invalid("assistant must be an object");
    return { ...common, mode: "transient", assistant };
  }
  // An override without an id means the saved assistant: what else could it override?
  if (override !== undefined) {
    if (!isObject(override)) return invalid("assistant_override must be an object");
    return { ...common, mode: "transient", assistant: override };
  }
  return { ...common, mode: "default" };
}

function invalid(problem: string): AssistantRequestAnswer {
  return { mode: "invalid", problem, maxDurationSeconds: undefined };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPositiveInteger(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}
