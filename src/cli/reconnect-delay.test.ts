import { expect, test } from "vitest";
import { reconnectDelayMs } from "./reconnect-delay.ts";

test.each([
  [1, 1, undefined, 1_000],
  [2, 1, undefined, 2_000],
  [5, 1, undefined, 16_000],
  [6, 1, undefined, 30_000],
  [1_000_000, 1, undefined, 30_000],
  [1, 0, undefined, 200],
  [6, 0, undefined, 6_000],
  [6, 0.5, undefined, 18_000],
  [1, 1, 100, 100],
  [3, 1, 100, 400],
  [1, 1, 0, 1],
  [1, 1, 3_600_000, 30_000],
])("after %i failures, random %d, retry %s: %i ms", (failures, random, retryMs, expected) => {
  expect(reconnectDelayMs(failures, random, retryMs)).toBe(expected);
});
