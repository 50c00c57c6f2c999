import type { PostResult } from "./post.ts";

/** An answer longer than this is not an answer that a caller can be kept waiting for. */
export const MAX_ANSWER_BYTES = 65_536;

/** What came of asking. Everything but `answered` is told to a model or a log in one short sentence, never as a page. */
export type SyncAnswer =
  | { outcome: "answered"; body: unknown }
  | { outcome: "skipped"; reason: "no-endpoint" | "filtered" }
  | { outcome: "timeout"; deadlineMs: number }
  | { outcome: "aborted" }
  | { outcome: "http-error"; statusCode: number }
  /** not JSON, not UTF-8, or too long */
  | { outcome: "bad-body"; problem: string }
  | { outcome: "refused"; error: string }
  | { outcome: "connection-failed"; error: string }
  /** it is known to be dead: nothing was sent, and nobody waited */
  | { outcome: "breaker-open" };

/** Reads the answer to a synchronous request. Pure. @param deadlineMs  what it had, for the words */
export function readAnswer(result: PostResult, deadlineMs: number): SyncAnswer {
  switch (result.outcome) {
    case "timeout":
      return { outcome: "timeout", deadlineMs };
    case "aborted":
      return { outcome: "aborted" };
    case "refused":
      return { outcome: "refused", error: result.error };
    case "connection-failed":
      return { outcome: "connection-failed", error: result.error };
    case "too-large":
    case "completed":
      if (result.statusCode < 200 || result.statusCode > 299) {
        return { outcome: "http-error", statusCode: result.statusCode };
      }
      if (result.outcome === "too-large") {
        return { outcome: "bad-body", problem: `the answer is longer than ${MAX_ANSWER_BYTES} bytes` };
      }
      return parseBody(result.responseBody);
  }
}

function parseBody(bytes: Buffer): SyncAnswer {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { outcome: "bad-body", problem: "the answer is not UTF-8" };
  }
  // The documented way to say nothing is `{}`; an empty 200 says the same.
  if (text.trim() === "") return { outcome: "answered", body: {} };
  try {
    return { outcome: "answered", body: JSON.parse(text) as unknown };
  } catch {
    return { outcome: "bad-body", problem: "the answer is not JSON" };
  }
}

/** One short sentence for a log, a record or a model. */
export function explainFailure(answer: Exclude<SyncAnswer, { outcome: "answered" }>): string {
  switch (answer.outcome) {
    case "skipped":
      return answer.reason === "no-endpoint"
        ? "no webhook is configured for it"
        : "the webhook does not take this event";
    case "timeout":
      return `the webhook did not answer within ${answer.deadlineMs} ms`;
    case "aborted":
      return "the caller hung up";
    case "http-error":
      return `the webhook answered with status ${answer.statusCode}`;
    case "bad-body":
      return answer.problem;
    case "refused":
      return `the webhook's address was refused: ${answer.error}`;
    case "breaker-open":
      return "the webhook has not been answering lately and was not asked";
    case "connection-failed":
      return `the webhook could not be reached: ${answer.error}`;
  }
}
