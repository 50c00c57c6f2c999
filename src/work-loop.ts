import type { Clock } from "./clock.ts";

/** Looks for work, one look at a time: again after a while, and at once where somebody knows of something new. */
export interface WorkLoop {
  start(): void;
  /** Something is due. Only a hint; told during a look, there is one more after it. */
  wake(): void;
  /** No look begins from now on. A look that takes long asks, and ends itself. */
  readonly isStopped: boolean;
  /** Resolves when the look that runs has ended. */
  stop(): Promise<void>;
}

/**
 * @param look  @returns in how many milliseconds to look again; undefined: as always
 * @param onFailure  a look threw; the next one comes all the same
 */
export function createWorkLoop(options: {
  look: () => Promise<number | void>;
  lookEveryMs: number;
  onFailure: (error: unknown) => void;
  clock: Clock;
}): WorkLoop {
  let cancelNext: () => void = () => undefined;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStarted = false;
  let isStopped = false;

  function look(): void {
    if (!isStarted || isStopped) return;
    cancelNext();
    if (running) {
      isWanted = true;
      return;
    }
    isWanted = false;
    let delayMs = options.lookEveryMs;
    running = options
      .look()
      .then((nextMs) => {
        if (nextMs !== undefined) delayMs = nextMs;
      })
      .catch(options.onFailure)
      .finally(() => {
        running = undefined;
        if (isStopped) return;
        if (isWanted) look();
        else cancelNext = options.clock.after(delayMs, look);
      });
  }

  return {
    start() {
      isStarted = true;
      look();
    },
    wake: look,
    get isStopped() {
      return isStopped;
    },
    async stop() {
      isStopped = true;
      cancelNext();
      await running;
    },
  };
}
