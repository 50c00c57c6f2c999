import type { Dispatcher } from "undici";
import { within, type Clock } from "../clock.ts";
import type { SecretBox } from "../secret-box.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { Attempt } from "./attempt-store.ts";
import { createDeliveryRecorder } from "./delivery-recorder.ts";
import {
  claimDeliveries,
  releaseDeadClaims,
  releaseForgotten,
  type ClaimedDelivery,
} from "./delivery-store.ts";
import { findWaitingEndpoints } from "./endpoint-store.ts";
import { shareFairly } from "./fair-share.ts";
import { sendDelivery } from "./delivery-send.ts";
import type { Receivers } from "./receivers.ts";

/**
 * Delivers notifications: claim, commit, send, record. No transaction is open while a receiver thinks.
 *
 * A crash after the claim: our heartbeat stops, and the delivery is claimed again. A crash after the receiver has
 * answered and before that is recorded: it is sent once more, with the same X-Webhook-Id. Never a gap.
 *
 * Endpoints are served in turn, each as far as its receiver's health allows (fair-share.ts, endpoint-health.ts), so
 * that neither a backlog nor a dead receiver is in the way of the others.
 */
export interface Delivery {
  start(): void;
  /** Something new is due at this endpoint. Only a hint: what is due is found without it, up to a second later. */
  wake(endpointId: string): void;
  /** Resolves when nothing is due or in flight, or after `limitMs`. */
  drain(limitMs: number): Promise<void>;
  /** Lets what is in flight finish for `limitMs`, then hands the rest back. */
  stop(limitMs: number): Promise<void>;
  readonly inFlight: number;
}

export interface DeliveryOptions {
  db: Database;
  dispatcher: Dispatcher;
  receivers: Receivers;
  secretBox: SecretBox;
  clock: Clock;
  random: () => number;
  newId: () => string;
  nodeId: string;
  logger: Logger;
  /** defaults are for production; tests shorten them */
  timeoutMs?: number;
  /** told of each attempt, for people who watch */
  onAttempt?: (attempt: Attempt, delivery: ClaimedDelivery) => void;
}

const TIMEOUT_MS = 10_000;
/** Requests in flight, all in all: enough for many slow receivers, since each has a small window of its own. */
const CONCURRENCY = 512;
/** Claimed at once: enough to keep the connections busy while the next claim runs, few enough to hand back in a moment. */
const LARGEST_CLAIM = 128;
const LOOK_EVERY_MS = 1_000;
const SHORTEST_LOOK_MS = 10;
const SWEEP_EVERY_MS = 5 * 60_000;
const LOG_EVERY_MS = 1_000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const { db, clock, logger, receivers } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const abort = new AbortController();
  const sending = new Set<Promise<void>>();
  /** endpoints that have something due, as far as we know */
  const due = new Set<string>();
  /** those of them that we heard of while a claim was running, which may have missed it */
  const heardOf = new Set<string>();
  let servedLast: string | undefined;
  /** places that became free since the last claim: a claim for each would be a statement for each */
  let freed = 0;
  let turn: Promise<void> | undefined;
  let isTurnWanted = false;
  let isStopped = false;
  let cancelLook: () => void = () => undefined;
  let lastSweepMs = Number.NEGATIVE_INFINITY;
  let lastLogMs = Number.NEGATIVE_INFINITY;
  let idleListeners: (() => void)[] = [];

  const recorder = createDeliveryRecorder({
    db,
    clock,
    random: options.random,
    logger,
    onRecorded: (endpointIds) => endpointIds.forEach(wake),
  });

  function wake(endpointId: string): void {
    due.add(endpointId);
    heardOf.add(endpointId);
    takeTurn();
  }

  /** One claim at a time. */
  function takeTurn(): void {
    if (isStopped) return;
    if (turn) {
      isTurnWanted = true;
      return;
    }
    turn = claim()
      .catch(databaseIsAway)
      .finally(() => {
        turn = undefined;
        if (!isTurnWanted) return;
        isTurnWanted = false;
        takeTurn();
      });
  }

  async function claim(): Promise<void> {
    if (due.size === 0) return;
    await receivers.load([...due]);
    const room = Math.min(CONCURRENCY - sending.size, LARGEST_CLAIM);
    const { shares, last } = shareFairly(
      claimants(),
      room,
      (key) => receivers.placesLeft(toReceiver(key)),
      servedLast,
    );
    if (shares.size === 0 || isStopped) return;
    servedLast = last;
    heardOf.clear();
    freed = 0;
    const claimed = await claimDeliveries(db, { claimId: options.newId(), nodeId: options.nodeId, shares });
    const counts = new Map<string, number>();
    for (const delivery of claimed) {
      counts.set(delivery.endpointId, (counts.get(delivery.endpointId) ?? 0) + 1);
      begin(delivery);
    }
    // Less than its share: there is no more for now.
    for (const [endpointId, share] of shares) {
      if ((counts.get(endpointId) ?? 0) < share && !heardOf.has(endpointId)) due.delete(endpointId);
    }
    if (claimed.length > 0) isTurnWanted = true;
  }

  function claimants(): { endpointId: string; receiver: string }[] {
    return [...due].flatMap((endpointId) => {
      const endpoint = receivers.find(endpointId);
      if (endpoint && !endpoint.isDisabled) return [{ endpointId, receiver: toKey(endpoint) }];
      due.delete(endpointId);
      return [];
    });
  }

  function begin(delivery: ClaimedDelivery): void {
    const endpoint = receivers.find(delivery.endpointId)!;
    receivers.began(endpoint);
    const sent = sendDelivery(delivery, { ...options, timeoutMs, signal: abort.signal }).then((result) => {
      sending.delete(sent);
      receivers.ended(endpoint, result.observation);
      if (result.isGone) {
        void receivers.disable(endpoint, "the receiver answered 410 Gone").catch(databaseIsAway);
      }
      recorder.add(result);
      if (result.attempt) options.onAttempt?.(result.attempt, delivery);
      freed++;
      if (freed >= sending.size / 2) takeTurn();
    });
    sending.add(sent);
  }

  /** Finds what no hint told of: other processes' events, retries whose time has come, dead processes' claims. */
  async function look(): Promise<void> {
    let nextMs = LOOK_EVERY_MS;
    try {
      await releaseDeadClaims(db, options.nodeId);
      if (clock.monotonicMs() - lastSweepMs >= SWEEP_EVERY_MS) {
        lastSweepMs = clock.monotonicMs();
        await releaseForgotten(db);
      }
      for (const { endpointId, dueInMs } of await findWaitingEndpoints(db)) {
        if (dueInMs <= 0) due.add(endpointId);
        else nextMs = Math.min(nextMs, dueInMs);
      }
      takeTurn();
      await turn;
      if (due.size === 0 && sending.size === 0 && recorder.waiting === 0) notifyIdle();
    } catch (error) {
      nextMs = LOOK_EVERY_MS * (0.5 + options.random() / 2);
      databaseIsAway(error);
    }
    if (!isStopped) cancelLook = clock.after(Math.max(SHORTEST_LOOK_MS, nextMs), startLook);
  }

  let looking: Promise<void> = Promise.resolve();
  function startLook(): void {
    cancelLook();
    looking = looking.then(() => (isStopped ? undefined : look()));
  }

  function databaseIsAway(error: unknown): void {
    if (clock.monotonicMs() - lastLogMs < LOG_EVERY_MS) return;
    lastLogMs = clock.monotonicMs();
    logger.warn({ err: toError(error) }, "deliveries wait for the database");
  }

  function notifyIdle(): void {
    for (const listener of idleListeners.splice(0)) listener();
  }

  return {
    start: startLook,
    wake,
    async drain(limitMs) {
      const idle = new Promise<void>((resolve) => idleListeners.push(resolve));
      const poll = () => {
        startLook();
        cancelPoll = clock.after(50, poll);
      };
      let cancelPoll = clock.after(0, poll);
      await within(clock, limitMs, idle, () => undefined);
      cancelPoll();
      idleListeners = [];
    },
    async stop(limitMs) {
      if (isStopped) return;
      isStopped = true;
      cancelLook();
      await Promise.all([looking, turn]);
      await within(clock, limitMs, Promise.all(sending), () => undefined);
      abort.abort();
      await Promise.all(sending);
      await recorder
        .stop()
        .catch((error: unknown) =>
          logger.warn(
            { err: toError(error) },
            "the last results could not be recorded; they will be sent again",
          ),
        );
    },
    get inFlight() {
      return sending.size;
    },
  };
}

function toKey({ organizationId, url }: { organizationId: string; url: string }): string {
  return `${organizationId} ${url}`;
}

function toReceiver(key: string): { organizationId: string; url: string } {
  const [organizationId, url] = key.split(" ", 2) as [string, string];
  return { organizationId, url };
}
