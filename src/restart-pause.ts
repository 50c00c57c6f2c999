import type { Clock } from "./clock.ts";

/** How long to wait before a process that has died is started again: the more often it dies young, the longer. */
export interface RestartPause {
  started(): void;
  /** It has died, or could not be started. @returns how long to wait */
  afterDeathMs(): number;
}

const PAUSES_MS = [0, 1_000, 5_000, 15_000];
/** One that has lived this long has shown that it can: the next death is not the last one's sequel. */
const PROVEN_AFTER_MS = 60_000;

export function createRestartPause(clock: Clock): RestartPause {
  let deaths = 0;
  let startedAtMs = 0;
  return {
    started() {
      startedAtMs = clock.monotonicMs();
    },
    afterDeathMs() {
      deaths = clock.monotonicMs() - startedAtMs > PROVEN_AFTER_MS ? 0 : deaths + 1;
      return PAUSES_MS[Math.min(deaths, PAUSES_MS.length - 1)]!;
    },
  };
}
