import { expect, test } from "vitest";
import { estimateMos } from "./call-quality.ts";

test.each([
  // received, lost, late, delay; worked out by hand from the formulas
  [1_000, 0, 0, 0, 4.41],
  [1_000, 0, 0, 100, 4.37],
  [990, 10, 0, 0, 4.33],
  [980, 20, 0, 0, 4.24],
  [950, 50, 0, 0, 3.95],
  [900, 100, 0, 0, 3.43],
  [800, 200, 0, 0, 2.64],
  // Too late is as bad as lost.
  [1_000, 0, 50, 0, 3.95],
  [1_000, 0, 0, 400, 3.05],
  [0, 1_000, 0, 0, 1.22],
  [10, 0, 1_000, 0, 1.22],
])("%i received, %i lost, %i late, %i ms: %f", (received, lost, late, delayMs, mos) => {
  expect(estimateMos({ received, lost, late, delayMs })).toBeCloseTo(mos, 1);
});

test("of nothing nobody has an opinion", () => {
  expect(estimateMos({ received: 0, lost: 0, late: 0, delayMs: 0 })).toBeUndefined();
});
