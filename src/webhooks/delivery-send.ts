import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import type { SecretBox } from "../secret-box.ts";
import { toError } from "../errors.ts";
import { KEPT_RESPONSE_BYTES, type Attempt } from "./attempt-store.ts";
import type { DeliveryResult } from "./delivery-recorder.ts";
import type { ClaimedDelivery, DeliveryUpdate } from "./delivery-store.ts";
import type { Observation } from "./endpoint-health.ts";
import { notPosted, observationOf, post, type PostResult } from "./post.ts";
import { decideRetry, readRetryAfter } from "./retry-schedule.ts";

export interface SentDelivery extends DeliveryResult {
  /** what it says of the receiver; undefined: nothing was sent */
  observation: Observation | undefined;
  /** the receiver wants nothing any more: 410 */
  isGone: boolean;
}

/** One attempt: signed anew, sent, judged. Never rejects. */
export async function sendDelivery(
  delivery: ClaimedDelivery,
  options: {
    dispatcher: Dispatcher;
    secretBox: SecretBox;
    clock: Clock;
    random: () => number;
    timeoutMs: number;
    signal: AbortSignal;
  },
): Promise<SentDelivery> {
  const { clock } = options;
  const startedAt = clock.now();
  const result = await attempt(delivery, options);
  const outcome = outcomeOf(result);
  if (outcome === "aborted") {
    // Handed back untouched: we stopped, the receiver did nothing wrong.
    const { id, claimId, attemptCount } = delivery;
    const update: DeliveryUpdate = { id, claimId, attemptCount, state: "pending", delayMs: 0 };
    return { update, attempt: undefined, observation: undefined, isGone: false };
  }
  const record: Attempt = {
    eventId: delivery.eventId,
    deliveryId: delivery.id,
    endpointId: delivery.endpointId,
    number: delivery.attemptCount + 1,
    startedAt,
    url: delivery.url,
    outcome,
    statusCode: result.statusCode,
    error: "error" in result ? result.error : undefined,
    durationMs: result.durationMs,
    timings: result.timings,
    connection: result.connection,
    remoteAddress: result.remoteAddress,
    responseHeaders: result.responseHeaders,
    responseBody: result.responseBody,
  };
  const retryAfterMs = readRetryAfter(result.retryAfter, clock.now());
  const isGone = result.statusCode === 410;
  return {
    update: isGone ? gone(delivery) : updateAfter(delivery, outcome, retryAfterMs, options.random()),
    attempt: record,
    observation: observationOf(result, retryAfterMs),
    isGone,
  };
}

async function attempt(
  delivery: ClaimedDelivery,
  options: Parameters<typeof sendDelivery>[1],
): Promise<PostResult> {
  try {
    return await post(options.dispatcher, options.clock, {
      eventId: delivery.eventId,
      type: delivery.eventType,
      url: delivery.url,
      secrets: delivery.secrets.map((sealed) => options.secretBox.open(sealed)),
      body: delivery.body,
      deadlineMs: options.timeoutMs,
      maxResponseBytes: KEPT_RESPONSE_BYTES,
      signal: options.signal,
    });
  } catch (error) {
    // A secret that cannot be opened, say: the operator's to mend, and the delivery's to wait for.
    return notPosted(toError(error).message);
  }
}

/** Any 2xx acknowledges (seed: status-update). A redirect is a failure: following it would send the event where nobody vetted. */
function outcomeOf(result: PostResult): string {
  if (result.outcome !== "completed" && result.outcome !== "too-large") return result.outcome;
  return result.statusCode >= 200 && result.statusCode < 300 ? "delivered" : "http-error";
}

function gone({ id, claimId, attemptCount }: ClaimedDelivery): DeliveryUpdate {
  const reason = "the receiver answered 410 Gone";
  return { id, claimId, attemptCount: attemptCount + 1, state: "cancelled", reason };
}

function updateAfter(
  delivery: ClaimedDelivery,
  outcome: string,
  retryAfterMs: number | undefined,
  random: number,
): DeliveryUpdate {
  const attemptCount = delivery.attemptCount + 1;
  const common = { id: delivery.id, claimId: delivery.claimId, attemptCount };
  if (outcome === "delivered") return { ...common, state: "delivered" };
  const decision = decideRetry(delivery.eventType, attemptCount, random, retryAfterMs);
  return decision.outcome === "exhausted"
    ? { ...common, state: "exhausted", reason: `no success in ${attemptCount} attempts` }
    : { ...common, state: "pending", delayMs: decision.delayMs };
}
