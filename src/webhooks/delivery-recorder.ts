import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { insertAttempts, type Attempt } from "./attempt-store.ts";
import { finishDeliveries, type DeliveryUpdate } from "./delivery-store.ts";

/** `attempt: undefined`: nothing was sent, the delivery is handed back. */
export interface DeliveryResult {
  update: DeliveryUpdate;
  attempt: Attempt | undefined;
}

/**
 * Writes results in batches: whatever came in while the last batch was on its way makes the next. Attempts and states
 * go in one transaction: an attempt that is not recorded has not counted. If we die before, the receiver gets the event
 * once more, with the same id.
 */
export interface DeliveryRecorder {
  add(result: DeliveryResult): void;
  /** Results that are not in the database yet. */
  readonly waiting: number;
  /** Resolves when nothing is waiting, or with the first failure. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Nobody waits for a result to be written, except the next event of the same call. */
const GATHER_MS = 5;
const RETRY_AFTER_MS = 1_000;
const LARGEST_BATCH = 500;

export function createDeliveryRecorder(options: {
  db: Database;
  clock: Clock;
  random: () => number;
  logger: Logger;
  /** written, and these endpoints have something due now */
  onRecorded: (endpointIds: readonly string[]) => void;
}): DeliveryRecorder {
  const { db, clock } = options;
  let waiting: DeliveryResult[] = [];
  let writing: Promise<void> | undefined;
  /** the next write, or the next try */
  let cancelNext: (() => void) | undefined;
  let isStopped = false;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, LARGEST_BATCH);
      const due = await db.transaction().execute(async (tx) => {
        await insertAttempts(
          tx,
          batch.flatMap(({ attempt }) => (attempt ? [attempt] : [])),
        );
        return finishDeliveries(
          tx,
          batch.map(({ update }) => update),
        );
      });
      waiting = waiting.slice(batch.length);
      options.onRecorded(due);
    }
  }

  function start(): Promise<void> {
    cancelNext?.();
    cancelNext = undefined;
    writing ??= write().finally(() => (writing = undefined));
    return writing;
  }

  function startIn(delayMs: number): void {
    cancelNext ??= clock.after(delayMs, () => {
      cancelNext = undefined;
      start().then(
        // What came in after the last look and before this.
        () => waiting.length > 0 && !writing && startIn(0),
        retryLater,
      );
    });
  }

  /** The database is away. Half to all of a second, so that many processes do not come back as one. */
  function retryLater(error: unknown): void {
    options.logger.debug({ err: toError(error) }, "results of deliveries wait for the database");
    if (isStopped) return;
    startIn(RETRY_AFTER_MS * (0.5 + options.random() / 2));
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) await start();
  }

  return {
    add(result) {
      waiting.push(result);
      if (!writing) startIn(GATHER_MS);
    },
    get waiting() {
      return waiting.length;
    },
    flush,
    async stop() {
      isStopped = true;
      cancelNext?.();
      await writing?.catch(() => undefined);
      await flush();
    },
  };
}
