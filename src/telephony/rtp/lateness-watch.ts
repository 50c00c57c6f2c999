import { FRAME_MS } from "../carrier.ts";

/** Sums up how late ticks come: every second, the lateness that one in a hundred exceeds. Pure. */
export interface LatenessWatch {
  add(latenessMs: number): void;
}

const WINDOW_TICKS = 1_000 / FRAME_MS;

/** @param report  told the worst of each window but one: of fifty ticks that is the 99th percentile, as near as they tell */
export function createLatenessWatch(report: (p99Ms: number) => void): LatenessWatch {
  let window: number[] = [];
  return {
    add(latenessMs) {
      window.push(Math.max(0, latenessMs));
      if (window.length < WINDOW_TICKS) return;
      const sorted = window.toSorted((a, b) => a - b);
      window = [];
      report(sorted.at(-2)!);
    },
  };
}
