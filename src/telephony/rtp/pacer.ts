import type { Clock } from "../../clock.ts";
import { FRAME_MS } from "../carrier.ts";

/**
 * One steady clock for the audio of all calls: a tick every 20 ms on an absolute timeline, so that a timer that fires
 * late does not make the stream late for ever. After a stall it catches up by a few ticks and lets the rest go:
 * a burst of old frames is worse than a gap.
 */
export interface Pacer {
  /** @returns a function that takes it out again */
  add(tick: () => void): () => void;
}

const MOST_CATCH_UP_TICKS = 5;

export function createPacer(clock: Clock): Pacer {
  const ticks = new Set<() => void>();
  let dueMs = 0;

  function run(): void {
    const nowMs = clock.monotonicMs();
    for (let caughtUp = 0; dueMs <= nowMs && caughtUp < MOST_CATCH_UP_TICKS; caughtUp++) {
      dueMs += FRAME_MS;
      for (const tick of ticks) tick();
    }
    if (dueMs <= nowMs) dueMs = nowMs + FRAME_MS;
    schedule();
  }

  function schedule(): void {
    if (ticks.size > 0) clock.after(Math.max(0, dueMs - clock.monotonicMs()), run);
  }

  return {
    add(tick) {
      ticks.add(tick);
      if (ticks.size === 1) {
        dueMs = clock.monotonicMs() + FRAME_MS;
        schedule();
      }
      return () => ticks.delete(tick);
    },
  };
}
