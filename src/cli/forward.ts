import type { Clock } from "../clock.ts";
import type { StreamedEvent } from "./event-stream.ts";
import { sendRequest, type HttpAnswer } from "./http-request.ts";

/** as long as the server itself waits for a receiver */
const DEADLINE_MS = 10_000;
const MAX_ANSWER_BYTES = 65_536;

/** Belong to the connection that the server would have used, not to the event. */
const OF_THE_CONNECTION = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "keep-alive",
]);

/** Posts an event to a receiver on this machine: the same bytes, the same headers. */
export function forwardEvent(
  clock: Clock,
  event: StreamedEvent,
  url: string,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const headers = Object.entries(event.headers).filter(
    ([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()),
  );
  return sendRequest(clock, {
    url,
    method: "POST",
    headers: Object.fromEntries(headers),
    body: event.body,
    deadlineMs: DEADLINE_MS,
    maxAnswerBytes: MAX_ANSWER_BYTES,
    signal,
  });
}

export function isSuccess(answer: HttpAnswer): boolean {
  return answer.outcome === "answered" && answer.status >= 200 && answer.status <= 299;
}

/** What a receiver did, in a few words. */
export function describeAnswer(answer: HttpAnswer): string {
  switch (answer.outcome) {
    case "answered":
      return String(answer.status);
    case "timeout":
      return `no answer within ${answer.deadlineMs / 1_000} s`;
    case "aborted":
      return "interrupted";
    case "failed":
      return answer.error;
  }
}
