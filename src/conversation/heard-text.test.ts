import { expect, test } from "vitest";
import { heardText } from "./heard-text.ts";

const text = "We close at half past five today.";

test.each<[number, number | undefined, string]>([
  [0, 3_300, ""],
  [-20, 3_300, ""],
  [100, 3_300, ""],
  [200, 3_300, "We"],
  [850, 3_300, "We close"],
  [1_150, 3_300, "We close at"],
  [3_299, 3_300, "We close at half past five"],
  [3_300, 3_300, text],
  [9_000, 3_300, text],
  [0, 0, text],
  // Not made to its end yet: by the pace of speech.
  [850, undefined, "We close"],
  [9_000, undefined, text],
])("%d ms of %s: %s", (playedMs, totalMs, expected) => {
  expect(heardText({ text, playedMs, totalMs, msPerCharacter: 100 })).toBe(expected);
});

test("nothing is heard of one long word that is cut", () => {
  const word = "Donaudampfschifffahrt";
  expect(heardText({ text: word, playedMs: 500, totalMs: 1_000, msPerCharacter: 65 })).toBe("");
});
