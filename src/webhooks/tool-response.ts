import type { ToolCallResult } from "../conversation/conversation.ts";
import { explainFailure, type SyncAnswer } from "./sync-answer.ts";

/** Longest error text that a model is told. */
const MAX_ERROR_CHARACTERS = 500;

/**
 * What the model is told of a tool call: every documented form of answer (facts 1.7), and for a failure one short
 * sentence (the contract leaves it open what is said; never an HTML page, never a stack trace).
 */
export function readToolAnswer(answer: SyncAnswer, toolCallId: string): ToolCallResult {
  if (answer.outcome !== "answered") {
    return { outcome: "error", error: `The tool failed: ${explainFailure(answer)}.` };
  }
  const { body } = answer;
  if (!isObject(body)) return { outcome: "result", result: body };
  const { results } = body;
  if (Array.isArray(results)) {
    const entry = results.find(
      (candidate) =>
        isObject(candidate) && (candidate["tool_call_id"] ?? candidate["toolCallId"]) === toolCallId,
    ) as Record<string, unknown> | undefined;
    if (!entry)
      return { outcome: "error", error: "The tool failed: its answer has no result for this call." };
    return readOne(entry);
  }
  if ("result" in body || "error" in body) return readOne(body);
  // Any other object is the result itself.
  return { outcome: "result", result: body };
}

/** `{ result }` or `{ error }`; an error that is null or missing is none. */
function readOne(entry: Record<string, unknown>): ToolCallResult {
  const { error } = entry;
  if (error !== undefined && error !== null) {
    const text = typeof error === "string" ? error : JSON.stringify(error);
    return { outcome: "error", error: text.slice(0, MAX_ERROR_CHARACTERS) };
  }
  return { outcome: "result", result: entry["result"] ?? null };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
