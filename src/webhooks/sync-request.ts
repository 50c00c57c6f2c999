import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import type { SecretBox } from "../secret-box.ts";
import type { AttemptLog } from "./attempt-log.ts";
import type { Attempt } from "./attempt-store.ts";
import { encodeEvent, type EventDetail, type EventSubject, type WebhookEventType } from "./event.ts";
import { asTest } from "./example-events.ts";
import { observationOf, post, type PostResult } from "./post.ts";
import type { Receivers } from "./receivers.ts";
import type { RoutingResult } from "./routing.ts";
import { MAX_ANSWER_BYTES, readAnswer, type SyncAnswer } from "./sync-answer.ts";

/** A caller waits for these. Both deadlines are documented (seed: webhooks overview) and hard. */
export const ASSISTANT_REQUEST_DEADLINE_MS = 5_000;
export const TOOL_CALLS_DEADLINE_MS = 10_000;

/** Of the budget, for the first URL where there is a second one to ask. */
const FIRST_SHARE = 0.6;
/** A connection that was refused may have met a server in the middle of its restart. */
const RETRY_AFTER_MS = 100;
/** Less than this is no time to ask anybody. */
const LEAST_BUDGET_MS = 50;

export interface SyncQuestion {
  organizationId: string;
  callId: string;
  subject: EventSubject;
  detail: EventDetail;
  routing: RoutingResult;
  deadlineMs: number;
  /** aborted when the caller is gone */
  signal?: AbortSignal | undefined;
  /** nobody calls: the body says so, and the record of it has this id */
  test?: { eventId: string } | undefined;
}

export type AskWebhook = (question: SyncQuestion) => Promise<SyncAnswer>;

/** One request as it is made: who is asked what. */
interface Request {
  eventId: string;
  type: WebhookEventType;
  body: Buffer;
  organizationId: string;
  secrets: readonly string[];
  signal: AbortSignal | undefined;
}

/**
 * Asks a webhook while a caller waits. Settles by the deadline and never rejects. The record of it is written
 * afterwards, by the log, so that the database is not in the caller's way.
 *
 * Within the budget, and only there: once more where not a byte of the request went out, and then the fallback URL where
 * one is configured. A server that is known to be dead is not asked at all.
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
  const { clock, receivers } = options;

  async function askOne(request: Request, url: string, budgetMs: number): Promise<PostResult> {
    const receiver = { organizationId: request.organizationId, url };
    receivers.began(receiver);
    const result = await post(options.dispatcher, clock, {
      ...request,
      url,
      deadlineMs: budgetMs,
      maxResponseBytes: MAX_ANSWER_BYTES,
      isSynchronous: true,
    });
    receivers.ended(receiver, observationOf(result));
    return result;
  }

  return async (question) => {
    const createdAt = clock.now();
    const startedMs = clock.monotonicMs();
    const leftMs = () => question.deadlineMs - (clock.monotonicMs() - startedMs);
    const { routing, signal, organizationId } = question;
    const eventId = question.test?.eventId ?? options.newId();
    const type = question.detail.type;
    const encoded = encodeEvent(question.subject, question.detail, createdAt);
    const body = question.test ? asTest(encoded) : encoded;
    const event = { id: eventId, createdAt, organizationId, callId: question.callId, type, body };
    if (routing.outcome === "skipped") {
      options.log.add({ event: { ...event, routing: routing.reason }, attempts: [] });
      return routing;
    }
    const secrets = routing.secrets.map((sealed) => options.secretBox.open(sealed));
    const request: Request = { eventId, type, body, organizationId, secrets, signal };
    const attempts: Attempt[] = [];

    /** @returns undefined: there is not enough time left to ask */
    async function attempt(url: string, budgetMs: number): Promise<[SyncAnswer, PostResult] | undefined> {
      if (budgetMs < LEAST_BUDGET_MS) return undefined;
      const startedAt = clock.now();
      const result = await askOne(request, url, budgetMs);
      const answer = readAnswer(result, question.deadlineMs);
      attempts.push(toAttempt({ eventId, url, startedAt, number: attempts.length + 1 }, result, answer));
      return [answer, result];
    }

    async function askUrl(url: string, share: number): Promise<SyncAnswer> {
      if (receivers.isKnownDead({ organizationId, url })) {
        attempts.push(notAsked({ eventId, url, startedAt: clock.now(), number: attempts.length + 1 }));
        return { outcome: "breaker-open" };
      }
      const budgetMs = leftMs() * share;
      const untilMs = clock.monotonicMs() + budgetMs;
      const first = await attempt(url, budgetMs);
      if (!first) return { outcome: "timeout", deadlineMs: question.deadlineMs };
      const [answer, result] = first;
      if (answer.outcome !== "connection-failed" || result.isSent || signal?.aborted) return answer;
      await new Promise<void>((resolve) => clock.after(RETRY_AFTER_MS, resolve));
      const second = signal?.aborted ? undefined : await attempt(url, untilMs - clock.monotonicMs());
      return second?.[0] ?? answer;
    }

    const { url, fallbackUrl } = routing;
    let answer = await askUrl(url, fallbackUrl ? FIRST_SHARE : 1);
    if (fallbackUrl && answer.outcome !== "answered" && answer.outcome !== "aborted") {
      answer = await askUrl(fallbackUrl, 1);
    }
    options.log.add({ event: { ...event, routing: "routed" }, attempts });
    return answer;
  };
}

interface AttemptHead {
  eventId: string;
  url: string;
  startedAt: Date;
  number: number;
}

function toAttempt(head: AttemptHead, result: PostResult, answer: SyncAnswer): Attempt {
  return {
    ...head,
    deliveryId: null,
    endpointId: null,
    outcome: answer.outcome === "answered" ? "delivered" : answer.outcome,
    statusCode: result.statusCode,
    error: "error" in answer ? answer.error : "problem" in answer ? answer.problem : undefined,
    durationMs: result.durationMs,
    timings: result.timings,
    connection: result.connection,
    remoteAddress: result.remoteAddress,
    responseHeaders: result.responseHeaders,
    responseBody: result.responseBody,
  };
}

function notAsked(head: AttemptHead): Attempt {
  const nothing = { statusCode: undefined, error: undefined, durationMs: 0, responseBody: Buffer.alloc(0) };
  return { ...head, ...nothing, deliveryId: null, endpointId: null, outcome: "breaker-open" };
}
