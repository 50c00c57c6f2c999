import type { Clock } from "../../clock.ts";
import { FRAME_MS } from "../carrier.ts";

/**
 * One steady clock for the audio of all calls: a tick every 20 ms on an absolute timeline, so that a timer that fires
 * late does not make the stream late for ever. After a stall it catches up by a few ticks and lets the rest go:
 * a burst of old frames is worse than a gap.
 */
export interface Pacer {
  /** @returns a function that takes it out again, and may be called twice */
  add(tick: () => void): () => void;
}

/** after a stall; the recorder counts on it */
export const MOST_CATCH_UP_TICKS = 5;

/**
 * @param onError  told of a tick that threw. One call's bug must not stop the audio of the others: the rest of the
 *                 ticks run, and so does this one next time. Without it the error is thrown once all have run.
 * @param onTick   told after all have run how late they began; where several were caught up with, of the first
 */
export function createPacer(
  clock: Clock,
  onError?: (error: unknown) => void,
  onTick?: (latenessMs: number) => void,
): Pacer {
  const ticks = new Set<() => void>();
  let dueMs = 0;
  // One timer at most: a second chain would never end while any call lives.
  let cancelTimer: (() => void) | undefined;

  function run(): void {
    cancelTimer = undefined;
    const errors: unknown[] = [];
    const nowMs = clock.monotonicMs();
    const latenessMs = nowMs - dueMs;
    for (let caughtUp = 0; dueMs <= nowMs && caughtUp < MOST_CATCH_UP_TICKS; caughtUp++) {
      dueMs += FRAME_MS;
      for (const tick of ticks) {
        try {
          tick();
        } catch (error) {
          errors.push(error);
        }
      }
    }
    if (dueMs <= nowMs) dueMs = nowMs + FRAME_MS;
    schedule();
    onTick?.(latenessMs);
    for (const error of errors) {
      if (!onError) throw error;
      onError(error);
    }
  }

  function schedule(): void {
    cancelTimer?.();
    cancelTimer = ticks.size > 0 ? clock.after(Math.max(0, dueMs - clock.monotonicMs()), run) : undefined;
  }

  return {
    add(tick) {
      ticks.add(tick);
      if (!cancelTimer) {
        dueMs = clock.monotonicMs() + FRAME_MS;
        schedule();
      }
      return () => {
        ticks.delete(tick);
        if (ticks.size === 0) schedule();
      };
    },
  };
}
