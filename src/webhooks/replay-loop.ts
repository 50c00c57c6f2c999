import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { advanceReplays } from "./replay-store.ts";

/** Carries bulk replays on, batch after batch, in the background and after a restart. */
export interface ReplayLoop {
  start(): void;
  stop(): Promise<void>;
}

/** 200 events each: about 2,000 a second, so that a million takes minutes and live events do not feel it. */
const BATCH_EVERY_MS = 100;
const LOOK_EVERY_MS = 2_000;

export function createReplayLoop(options: {
  db: Database;
  clock: Clock;
  logger: Logger;
  wake: (endpointId: string) => void;
}): ReplayLoop {
  let isStopped = false;
  let cancel: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();

  async function advance(): Promise<void> {
    let nextMs = LOOK_EVERY_MS;
    try {
      const endpointIds = await advanceReplays(options.db);
      if (endpointIds) nextMs = BATCH_EVERY_MS;
      for (const endpointId of endpointIds ?? []) options.wake(endpointId);
    } catch (error) {
      options.logger.debug({ err: toError(error) }, "a bulk replay waits for the database");
    }
    schedule(nextMs);
  }

  function schedule(delayMs: number): void {
    if (isStopped) return;
    cancel = options.clock.after(delayMs, () => {
      running = advance();
    });
  }

  return {
    start: () => schedule(0),
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
