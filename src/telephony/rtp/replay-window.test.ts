import { expect, test } from "vitest";
import { createReplayWindow } from "./replay-window.ts";

test.each([
  ["the same once more", [5], 5, true],
  ["the next", [5], 6, false],
  ["one that was overtaken", [5, 7], 6, false],
  ["an overtaken one once more", [5, 7, 6], 6, true],
  ["the oldest of the window", [1, 128], 1, true],
  ["one that the window has passed", [200], 72, true],
  ["one that is just within it", [200], 73, false],
  ["after a jump over the whole window, a place that was used before", [5, 1_000], 901, false],
])("%s", (_sentence, marked, index, isSeen) => {
  const window = createReplayWindow();
  for (const at of marked) window.mark(at);
  expect(window.isSeen(index)).toBe(isSeen);
});
