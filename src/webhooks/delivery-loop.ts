import type { Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import type { SecretBox } from "../crypto.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { insertAttempts, KEPT_RESPONSE_BYTES, type Attempt } from "./attempt-store.ts";
import {
  claimDeliveries,
  finishDeliveries,
  msUntilNextDue,
  type ClaimedDelivery,
  type DeliveryUpdate,
} from "./delivery-store.ts";
import { post, type PostResult } from "./post.ts";
import { decideRetry, readRetryAfter } from "./retry-schedule.ts";

/**
 * Delivers notifications: claim, commit, send, record. No transaction is open while a receiver thinks.
 *
 * A crash after the claim: the lease runs out and the delivery is claimed again. A crash after the receiver has
 * answered and before that is recorded: it is sent once more, with the same X-Webhook-Id. Never a gap.
 */
export interface Delivery {
  start(): void;
  /** There is something new to deliver. Only a hint: what is due is found without it, up to a second later. */
  wake(): void;
  /** Resolves when nothing is due or in flight, or after `limitMs`. */
  drain(limitMs: number): Promise<void>;
  /** Lets what is in flight finish for `limitMs`, then hands the rest back. */
  stop(limitMs: number): Promise<void>;
}

export interface DeliveryOptions {
  db: Database;
  dispatcher: Dispatcher;
  secretBox: SecretBox;
  clock: Clock;
  random: () => number;
  newId: () => string;
  nodeId: string;
  logger: Logger;
  /** defaults are for production; tests shorten them */
  timeoutMs?: number;
  leaseMs?: number;
  /** told of each attempt, for people who watch */
  onAttempt?: (attempt: Attempt) => void;
}

const TIMEOUT_MS = 10_000;
/** longer than a request may take, so that a living claimer never loses its claim */
const LEASE_MS = 20_000;
const CONCURRENCY = 64;
const PER_ENDPOINT = 8;
const LONGEST_POLL_MS = 1_000;
const SHORTEST_POLL_MS = 5;
const LOG_EVERY_MS = 1_000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const { db, clock, logger } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const leaseMs = options.leaseMs ?? LEASE_MS;
  const inFlight = new Map<string, { delivery: ClaimedDelivery; sending: Promise<void> }>();
  const abort = new AbortController();
  const finished: { update: DeliveryUpdate; attempt: Attempt | undefined }[] = [];
  let isStopped = false;
  let cancelPoll: () => void = () => undefined;
  let turn: Promise<void> | undefined;
  let isTurnWanted = false;
  let idleListeners: (() => void)[] = [];
  let lastLogMs = Number.NEGATIVE_INFINITY;

  /** One turn at a time: record what is finished, claim what is due. */
  function wake(): void {
    if (isStopped) return;
    if (turn) {
      isTurnWanted = true;
      return;
    }
    cancelPoll();
    turn = takeTurn().finally(() => {
      turn = undefined;
      if (isTurnWanted) {
        isTurnWanted = false;
        wake();
      }
    });
  }

  async function takeTurn(): Promise<void> {
    let waitMs = LONGEST_POLL_MS;
    try {
      await recordFinished();
      const room = CONCURRENCY - inFlight.size;
      if (room > 0 && !isStopped) {
        const claimId = options.newId();
        const claimed = await claimDeliveries(db, {
          claimId,
          nodeId: options.nodeId,
          limit: room,
          perEndpoint: PER_ENDPOINT,
          leaseMs,
        });
        for (const delivery of claimed) inFlight.set(delivery.id, { delivery, sending: send(delivery) });
        if (inFlight.size === 0 && finished.length === 0) {
          const dueMs = await msUntilNextDue(db);
          if (dueMs === undefined || dueMs > 0) notifyIdle();
          waitMs = Math.min(LONGEST_POLL_MS, Math.max(SHORTEST_POLL_MS, dueMs ?? LONGEST_POLL_MS));
        }
      }
    } catch (error) {
      // The database is away. Half to all of a second, so that many processes do not come back as one.
      waitMs = LONGEST_POLL_MS * (0.5 + options.random() / 2);
      if (clock.monotonicMs() - lastLogMs >= LOG_EVERY_MS) {
        lastLogMs = clock.monotonicMs();
        logger.warn({ err: toError(error) }, "deliveries wait for the database");
      }
    }
    if (!isStopped) cancelPoll = clock.after(waitMs, wake);
  }

  async function send(delivery: ClaimedDelivery): Promise<void> {
    const startedAt = clock.now();
    const result = await post(options.dispatcher, clock, {
      eventId: delivery.eventId,
      type: delivery.eventType,
      url: delivery.url,
      secret: options.secretBox.open(delivery.secret),
      body: delivery.body,
      deadlineMs: timeoutMs,
      maxResponseBytes: KEPT_RESPONSE_BYTES,
      signal: abort.signal,
    }).catch((error: unknown): PostResult => {
      // A secret that cannot be opened, say: the operator's to mend, and the delivery's to wait for.
      const message = toError(error).message;
      return { outcome: "connection-failed", error: message, durationMs: 0, responseBody: Buffer.alloc(0) };
    });
    inFlight.delete(delivery.id);
    const outcome = outcomeOf(result);
    if (outcome === "aborted") {
      // Handed back untouched: we stopped, the receiver did nothing wrong.
      const { id, claimId, attemptCount } = delivery;
      finished.push({
        update: { id, claimId, attemptCount, state: "pending", delayMs: 0 },
        attempt: undefined,
      });
      return;
    }
    const attempt: Attempt = {
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
      responseBody: result.responseBody,
    };
    finished.push({ update: updateAfter(delivery, outcome, result), attempt });
    options.onAttempt?.(attempt);
    wake();
  }

  function updateAfter(delivery: ClaimedDelivery, outcome: string, result: PostResult): DeliveryUpdate {
    const attemptCount = delivery.attemptCount + 1;
    const common = { id: delivery.id, claimId: delivery.claimId, attemptCount };
    if (outcome === "delivered") return { ...common, state: "delivered" };
    const retryAfterMs = readRetryAfter(result.retryAfter, clock.now());
    const decision = decideRetry(attemptCount, options.random(), retryAfterMs);
    return decision.outcome === "exhausted"
      ? { ...common, state: "exhausted" }
      : { ...common, state: "pending", delayMs: decision.delayMs };
  }

  /** Attempts and states in one transaction: an attempt that is not recorded has not counted. */
  async function recordFinished(): Promise<void> {
    const batch = finished.splice(0);
    if (batch.length === 0) return;
    try {
      await db.transaction().execute(async (tx) => {
        await insertAttempts(
          tx,
          batch.flatMap(({ attempt }) => (attempt ? [attempt] : [])),
        );
        await finishDeliveries(
          tx,
          batch.map(({ update }) => update),
        );
      });
    } catch (error) {
      // Kept for the next turn. If we die first, the lease runs out and the receiver sees the event twice.
      finished.unshift(...batch);
      throw error;
    }
  }

  function notifyIdle(): void {
    for (const listener of idleListeners.splice(0)) listener();
  }

  async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
    let cancel: () => void = () => undefined;
    const limit = new Promise<void>((resolve) => (cancel = clock.after(limitMs, resolve)));
    await Promise.race([work, limit]);
    cancel();
  }

  return {
    start: wake,
    wake,
    async drain(limitMs) {
      const idle = new Promise<void>((resolve) => idleListeners.push(resolve));
      wake();
      await within(limitMs, idle);
      idleListeners = [];
    },
    async stop(limitMs) {
      if (isStopped) return;
      isStopped = true;
      cancelPoll();
      await turn;
      const sending = () => Promise.all([...inFlight.values()].map((entry) => entry.sending));
      await within(limitMs, sending());
      abort.abort();
      await sending();
      await recordFinished().catch((error: unknown) =>
        logger.warn(
          { err: toError(error) },
          "the last results could not be recorded; their leases will run out",
        ),
      );
    },
  };
}

/** Any 2xx acknowledges (seed: status-update). A redirect is a failure: following it would send the event where nobody vetted. */
function outcomeOf(result: PostResult): string {
  if (result.outcome !== "completed" && result.outcome !== "too-large") return result.outcome;
  return result.statusCode >= 200 && result.statusCode < 300 ? "delivered" : "http-error";
}
