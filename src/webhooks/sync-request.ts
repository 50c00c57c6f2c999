import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import type { SecretBox } from "../crypto.ts";
import type { AttemptLog } from "./attempt-log.ts";
import { encodeEvent, type EventDetail, type EventSubject } from "./event.ts";
import { observationOf, post, type PostResult } from "./post.ts";
import type { Receivers } from "./receivers.ts";
import type { RoutingResult } from "./routing.ts";

/** A caller waits for these. Both deadlines are documented (seed: webhooks overview) and hard. */
export const ASSISTANT_REQUEST_DEADLINE_MS = 5_000;
export const TOOL_CALLS_DEADLINE_MS = 10_000;

/** An answer longer than this is not an answer that a caller can be kept waiting for. */
const MAX_ANSWER_BYTES = 65_536;

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

export interface SyncQuestion {
  organizationId: string;
  callId: string;
  subject: EventSubject;
  detail: EventDetail;
  routing: RoutingResult;
  deadlineMs: number;
  /** aborted when the caller is gone */
  signal?: AbortSignal | undefined;
}

export type AskWebhook = (question: SyncQuestion) => Promise<SyncAnswer>;

/**
 * Asks a webhook while a caller waits. Settles by the deadline and never rejects. The record of it is written
 * afterwards, by the log, so that the database is not in the caller's way.
 */
export function createSyncWebhooks(options: {
  dispatcher: Dispatcher;
  clock: Clock;
  secretBox: SecretBox;
  newId: () => string;
  log: AttemptLog;
  /** what notifications have found out about a receiver spares a caller the wait, and the other way round */
  receivers: Pick<Receivers, "isKnownDead" | "began" | "ended">;
}): AskWebhook {
  const { clock } = options;
  return async (question) => {
    const createdAt = clock.now();
    const eventId = options.newId();
    const body = encodeEvent(question.subject, question.detail, createdAt);
    const event = {
      id: eventId,
      createdAt,
      organizationId: question.organizationId,
      callId: question.callId,
      type: question.detail.type,
      body,
    };
    const { routing } = question;
    if (routing.outcome === "skipped") {
      options.log.add({ event: { ...event, routing: routing.reason }, attempt: undefined });
      return routing;
    }
    const receiver = { organizationId: question.organizationId, url: routing.url };
    if (options.receivers.isKnownDead(receiver)) {
      const attempt = { ...notSent(eventId, createdAt, routing.url), outcome: "breaker-open" };
      options.log.add({ event: { ...event, routing: "routed" }, attempt });
      return { outcome: "breaker-open" };
    }
    options.receivers.began(receiver);
    const result = await post(options.dispatcher, clock, {
      eventId,
      type: question.detail.type,
      url: routing.url,
      secrets: routing.secrets.map((sealed) => options.secretBox.open(sealed)),
      isSynchronous: true,
      body,
      deadlineMs: question.deadlineMs,
      maxResponseBytes: MAX_ANSWER_BYTES,
      signal: question.signal,
    });
    options.receivers.ended(receiver, observationOf(result));
    const answer = readAnswer(result, question.deadlineMs);
    options.log.add({
      event: { ...event, routing: "routed" },
      attempt: {
        ...notSent(eventId, createdAt, routing.url),
        outcome: answer.outcome === "answered" ? "delivered" : answer.outcome,
        statusCode: result.statusCode,
        error: "error" in answer ? answer.error : "problem" in answer ? answer.problem : undefined,
        durationMs: result.durationMs,
        responseBody: result.responseBody,
      },
    });
    return answer;
  };
}

function notSent(eventId: string, startedAt: Date, url: string) {
  return {
    eventId,
    deliveryId: null,
    endpointId: null,
    number: 1,
    startedAt,
    url,
    statusCode: undefined,
    error: undefined,
    durationMs: 0,
    responseBody: Buffer.alloc(0),
  };
}

function readAnswer(result: PostResult, deadlineMs: number): SyncAnswer {
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
