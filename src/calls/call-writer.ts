import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";

/**
 * The writes of one call, one after the other, each repeated until the database has taken it. The conversation does
 * not wait for them: a database that is away for a minute costs a live call nothing, and no event is lost by it.
 *
 * A crash before a write is done loses that write; the reaper of another process then closes the call from what was
 * written before.
 */
export interface CallWriter {
  /** Queues a write. Resolves when it is done; rejects only when `giveUp` was called first. */
  write<T>(name: string, operation: () => Promise<T>): Promise<T>;
  /** No more repeating: the process is about to end. What has not been written is left to the reaper. */
  giveUp(): void;
}

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

export function createCallWriter(options: { clock: Clock; logger: Logger; callId: string }): CallWriter {
  let tail: Promise<unknown> = Promise.resolve();
  let hasGivenUp = false;
  let wakeSleeper: () => void = () => undefined;

  function sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = options.clock.after(delayMs, resolve);
      wakeSleeper = () => {
        cancel();
        resolve();
      };
    });
  }

  async function untilDone<T>(name: string, operation: () => Promise<T>): Promise<T> {
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)) {
      try {
        return await operation();
      } catch (error) {
        options.logger.warn(
          { call_id: options.callId, write: name, err: toError(error) },
          "a call's write failed",
        );
        if (hasGivenUp) throw error;
        await sleep(retryMs);
      }
    }
  }

  return {
    write(name, operation) {
      const result = tail.then(() => untilDone(name, operation));
      // The next write waits for this one, whatever became of it; the caller sees the failure.
      tail = result.catch(() => undefined);
      return result;
    },
    giveUp() {
      hasGivenUp = true;
      wakeSleeper();
    },
  };
}
