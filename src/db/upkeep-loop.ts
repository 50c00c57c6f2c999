import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";

const EVERY_MS = 3_600_000;

export interface UpkeepTask {
  /** for the log: "old rate windows" */
  name: string;
  run(): Promise<unknown>;
}

/**
 * What has to be thrown away every hour. A task that fails is logged and tried again an hour later; the others are done
 * all the same. Every task may be killed at any point, and may run in several processes at once.
 */
export function createUpkeepLoop(options: { tasks: readonly UpkeepTask[]; clock: Clock; logger: Logger }) {
  let cancel: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function runAll(): Promise<void> {
    for (const { name, run } of options.tasks) {
      if (isStopped) return;
      try {
        await run();
      } catch (error) {
        options.logger.error(
          { err: toError(error), task: name },
          "upkeep failed; it is tried again in an hour",
        );
      }
    }
  }

  function schedule(delayMs: number): void {
    cancel = options.clock.after(delayMs, () => {
      running = runAll().then(() => {
        if (!isStopped) schedule(EVERY_MS);
      });
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
