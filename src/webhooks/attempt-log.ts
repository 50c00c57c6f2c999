import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { insertSyncRecords, type SyncRecord } from "./attempt-store.ts";

/**
 * The record of synchronous requests, written behind the caller's back in batches. Fails open: a database that is
 * away, or a crash in the next few milliseconds, costs the record of a request, never the request.
 */
export interface AttemptLog {
  add(record: SyncRecord): void;
  /** Writes what is left. */
  stop(): Promise<void>;
}

const FLUSH_AFTER_MS = 20;
const RETRY_AFTER_MS = 1_000;
/** while the database is away; the oldest are dropped first, and said so */
const MOST_KEPT = 1_000;

export function createAttemptLog(options: {
  db: Database;
  clock: Clock;
  logger: Logger;
  onRecord?: (record: SyncRecord) => void;
}): AttemptLog {
  let waiting: SyncRecord[] = [];
  let cancelFlush: (() => void) | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let isStopped = false;

  function schedule(delayMs: number): void {
    if (isStopped) return;
    cancelFlush ??= options.clock.after(delayMs, () => {
      cancelFlush = undefined;
      flushing = flushing.then(flush);
    });
  }

  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      await options.db.transaction().execute((tx) => insertSyncRecords(tx, batch));
    } catch (error) {
      waiting = [...batch, ...waiting];
      const dropped = waiting.length - MOST_KEPT;
      if (dropped > 0) waiting = waiting.slice(dropped);
      options.logger.warn(
        { err: toError(error), dropped: Math.max(0, dropped) },
        "records of synchronous webhooks wait for the database",
      );
      schedule(RETRY_AFTER_MS);
    }
  }

  return {
    add(record) {
      options.onRecord?.(record);
      waiting.push(record);
      schedule(FLUSH_AFTER_MS);
    },
    async stop() {
      isStopped = true;
      cancelFlush?.();
      await flushing;
      if (waiting.length > 0) await flush();
    },
  };
}
