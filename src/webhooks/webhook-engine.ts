import { Registry } from "prom-client";
import type { Clock } from "../clock.ts";
import type { AllowedRange } from "../config.ts";
import type { SecretBox } from "../secret-box.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import { createAttemptLog } from "./attempt-log.ts";
import { createDelivery } from "./delivery-loop.ts";
import { createDialer } from "./dialer.ts";
import type { EventTracing } from "./event-tracing.ts";
import { registerWebhookMetrics } from "./metrics.ts";
import { ensurePartitions } from "./partitions.ts";
import { createOutgoingFetch } from "./outgoing-fetch.ts";
import { createSendRequest, type SendRequest } from "./outgoing-request.ts";
import { createReceivers, type Receivers } from "./receivers.ts";
import { createReplayLoop } from "./replay-loop.ts";
import { dropExpired } from "./retention.ts";
import { createSyncWebhooks, type AskWebhook } from "./sync-request.ts";

/** The webhook side as a whole: one dialer with two pools, notifications, synchronous requests, upkeep of the tables. */
export interface WebhookEngine {
  /** synchronous: asks, and settles by the deadline */
  ask: AskWebhook;
  /** Opens connections ahead to URLs that are likely to be asked soon. */
  prepare(urls: readonly string[]): void;
  /** notifications: something is due at this endpoint */
  wake(endpointId: string): void;
  /** other services' APIs, by the same dialer */
  request: SendRequest;
  /** the same for libraries, on connections that callers wait for */
  fetch: typeof fetch;
  receivers: Receivers;
  metrics: Registry;
  start(): void;
  /** The last events get `drainMs` to arrive; what does not is delivered after the next start. */
  stop(drainMs: number): Promise<void>;
}

const UPKEEP_EVERY_MS = 3_600_000;
const STOP_DELIVERY_MS = 2_000;

export function createWebhookEngine(options: {
  db: Database;
  clock: Clock;
  secretBox: SecretBox;
  logger: Logger;
  nodeId: string;
  /** what may be reached besides public addresses */
  allowed: readonly AllowedRange[];
  retentionDays: number;
  tracing?: EventTracing | undefined;
}): WebhookEngine {
  const { db, clock, secretBox, logger, tracing } = options;
  const random = Math.random;
  const dialer = createDialer({ allowed: options.allowed });
  const receivers = createReceivers({ db, clock, random, logger });
  const registry = new Registry();
  const metrics = registerWebhookMetrics(registry, { db, clock, receivers });
  const attemptLog = createAttemptLog({
    db,
    clock,
    logger,
    onRecord: ({ event, attempts }) => {
      for (const attempt of attempts) {
        metrics.observeAttempt({ eventType: event.type, ...attempt });
        tracing?.attempt(event, attempt);
      }
    },
  });
  const ask = createSyncWebhooks({
    dispatcher: dialer.sync,
    clock,
    secretBox,
    newId,
    log: attemptLog,
    receivers,
  });
  const delivery = createDelivery({
    db,
    dispatcher: dialer.notifications,
    receivers,
    secretBox,
    clock,
    random,
    newId,
    nodeId: options.nodeId,
    logger,
    onAttempt(attempt, { eventType: type, callId, eventCreatedAt: createdAt }) {
      metrics.observeAttempt({ eventType: type, ...attempt });
      tracing?.attempt({ type, callId, createdAt }, attempt);
    },
  });
  const replays = createReplayLoop({ db, clock, logger, wake: delivery.wake });
  let isStarted = false;
  let cancelUpkeep: () => void = () => undefined;
  let upkeep: Promise<void> = Promise.resolve();

  async function keepUp(): Promise<void> {
    try {
      await ensurePartitions(db, clock.now());
      const dropped = await dropExpired(db, clock.now(), options.retentionDays);
      if (dropped.length > 0)
        logger.info({ dropped }, "webhook records older than the retention were dropped");
    } catch (error) {
      logger.error(
        { err: toError(error) },
        "the upkeep of the webhook tables failed; it is tried again in an hour",
      );
    }
  }

  function scheduleUpkeep(delayMs: number): void {
    cancelUpkeep = clock.after(delayMs, () => {
      upkeep = keepUp().then(() => scheduleUpkeep(UPKEEP_EVERY_MS));
    });
  }

  return {
    ask,
    prepare: (urls) => {
      for (const url of urls) void dialer.prepare(url);
    },
    wake: delivery.wake,
    request: createSendRequest(dialer.notifications, clock),
    fetch: createOutgoingFetch(dialer.sync),
    receivers,
    metrics: registry,
    start() {
      isStarted = true;
      delivery.start();
      replays.start();
      scheduleUpkeep(0);
    },
    async stop(drainMs) {
      cancelUpkeep();
      await upkeep;
      cancelUpkeep();
      await replays.stop();
      if (isStarted) await delivery.drain(drainMs);
      await delivery.stop(STOP_DELIVERY_MS);
      await attemptLog.stop();
      await dialer.close();
      await tracing?.stop();
    },
  };
}
