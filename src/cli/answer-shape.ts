import { readAssistantRequestAnswer } from "../webhooks/assistant-request.ts";
import type { WebhookEventType } from "../webhooks/event.ts";

/** longer than this the server does not read while a caller waits */
export const MAX_ANSWER_BYTES = 65_536;

/** How the server would take an answer: as meant, with a doubt, or not at all. */
export type AnswerReading =
  | { verdict: "good"; meaning: string }
  /** it is taken, but probably not as it was meant */
  | { verdict: "doubtful"; meaning: string; advice: string }
  | { verdict: "unusable"; meaning: string; advice: string };

/** Reads the answer to one of the two events that want one (facts 1.6, 1.7). The other two are not read at all. */
export function readAnswerShape(
  type: WebhookEventType,
  body: Buffer,
  toolCallId: string | undefined,
): AnswerReading {
  if (type === "status-update" || type === "end-of-call-report") {
    return { verdict: "good", meaning: "the answer's body is not read" };
  }
  if (body.length > MAX_ANSWER_BYTES) {
    const meaning = `the answer is longer than ${MAX_ANSWER_BYTES} bytes`;
    return { verdict: "unusable", meaning, advice: "Answer with what the call needs, and nothing else." };
  }
  let answer: unknown = {};
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body).trim();
    if (text !== "") answer = JSON.parse(text);
  } catch {
    return {
      verdict: "unusable",
      meaning: "the answer is not JSON in UTF-8",
      advice:
        type === "assistant-request"
          ? "Answer {} to keep the saved assistant, or one of the documented objects."
          : 'Answer {"results": [{"tool_call_id": "…", "result": …}]}.',
    };
  }
  return type === "assistant-request" ? readConfiguration(answer) : readToolResult(answer, toolCallId ?? "");
}

const CONFIGURATION_FIELDS = new Set([
  "assistant",
  "agent",
  "assistant_id",
  "agent_id",
  "assistant_override",
  "max_duration_seconds",
  "error",
]);

function readConfiguration(answer: unknown): AnswerReading {
  const read = readAssistantRequestAnswer(answer);
  if (read.mode === "invalid") {
    return {
      verdict: "unusable",
      meaning: `${read.problem}; the call would go on with the saved assistant`,
      advice:
        "Answer {}, {assistant: {…}}, {assistant_id, assistant_override}, {max_duration_seconds} or {error}.",
    };
  }
  const unknown = Object.keys(answer as object).filter((name) => !CONFIGURATION_FIELDS.has(name));
  if (unknown.length > 0 && read.mode === "default") {
    return {
      verdict: "doubtful",
      meaning: `nothing in the answer configures the call; ${unknown.slice(0, 3).join(", ")} would be ignored`,
      advice: "Put the configuration into {assistant: {…}}, or answer {} to keep the saved assistant.",
    };
  }
  switch (read.mode) {
    case "default":
      return { verdict: "good", meaning: "the saved assistant answers" };
    case "transient":
      return {
        verdict: "good",
        meaning: `the answer configures the call (${Object.keys(read.assistant).join(", ")})`,
      };
    case "hybrid":
      return { verdict: "good", meaning: `assistant ${read.assistantId} answers, with overrides` };
    case "reject":
      return { verdict: "good", meaning: "the call is rejected, and the text is spoken" };
  }
}

const RESULTS_ADVICE = 'Answer {"results": [{"tool_call_id": "<id of the request>", "result": …}]}.';

function readToolResult(answer: unknown, toolCallId: string): AnswerReading {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) {
    return {
      verdict: "doubtful",
      meaning: "the answer is not a JSON object",
      advice: RESULTS_ADVICE,
    };
  }
  const { results } = answer as { results?: unknown };
  if (results === undefined) return readLooseResult(answer);
  if (!Array.isArray(results)) {
    return { verdict: "unusable", meaning: "results is not a list", advice: RESULTS_ADVICE };
  }
  const entries = (results as unknown[]).filter(
    (entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null,
  );
  const entry = entries.find(({ tool_call_id: id }) => id === toolCallId);
  if (entry) {
    if ("result" in entry || "error" in entry) {
      return {
        verdict: "good",
        meaning: "error" in entry ? "an error for the model" : "a result for the model",
      };
    }
    const meaning = "the entry for the tool call has neither result nor error; the model is told null";
    return { verdict: "doubtful", meaning, advice: RESULTS_ADVICE };
  }
  return entries.some(({ toolCallId: id }) => id === toolCallId)
    ? {
        verdict: "doubtful",
        meaning: "toolCallId is the old spelling",
        advice: "Write tool_call_id.",
      }
    : {
        verdict: "unusable",
        meaning: "no entry of results has the tool call's id",
        advice: "Repeat the id of tool_call_list[].id as tool_call_id.",
      };
}

function readLooseResult(answer: object): AnswerReading {
  if ("error" in answer && answer.error !== null)
    return { verdict: "good", meaning: "an error for the model" };
  if ("result" in answer) return { verdict: "good", meaning: "a result for the model" };
  if (Object.keys(answer).length === 0) {
    return {
      verdict: "doubtful",
      meaning: "the answer is empty: the model is told nothing, and has nothing to say to the caller",
      advice: RESULTS_ADVICE,
    };
  }
  return { verdict: "good", meaning: "the whole object is the result for the model" };
}
