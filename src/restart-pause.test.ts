import { expect, test } from "vitest";
import { createManualClock } from "../test/harness/manual-clock.ts";
import { createRestartPause } from "./restart-pause.ts";

test("longer the more often it dies young; at once for one that has lived", () => {
  const clock = createManualClock();
  const pause = createRestartPause(clock);
  const pauses = [1_000, 1_000, 60_000, 1_000, 60_001, 1_000].map((livedMs) => {
    pause.started();
    clock.advance(livedMs);
    return pause.afterDeathMs();
  });
  expect(pauses).toEqual([1_000, 5_000, 15_000, 15_000, 0, 1_000]);
});
