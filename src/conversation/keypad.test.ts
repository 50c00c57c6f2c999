import { expect, test } from "vitest";
import { keypadLine, readKeypadLine } from "../speech/llm/keypad-context.ts";
import { NO_KEYS, paused, pressed } from "./keypad.ts";

/** Plays keys at their moments, and tells what was gathered when. */
function play(keys: [atMs: number, digits: string][], untilMs = 20_000): string[] {
  let state = NO_KEYS;
  const gathered: string[] = [];
  for (let nowMs = 0; nowMs <= untilMs; nowMs += 100) {
    const rest = paused(state, nowMs);
    if (rest) {
      gathered.push(`${nowMs} ${rest}`);
      state = NO_KEYS;
    }
    for (const [atMs, digits] of keys) {
      if (atMs !== nowMs) continue;
      for (const digit of digits) {
        const result = pressed(state, digit, nowMs);
        state = result.state;
        if (result.complete) gathered.push(`${nowMs} ${result.complete}`);
      }
    }
  }
  return gathered;
}

test.each<[string, [number, string][], string[]]>([
  ["one key, after the pause", [[100, "5"]], ["2100 5"]],
  [
    "# ends it at once",
    [
      [0, "1"],
      [400, "2"],
      [800, "3"],
      [1_200, "#"],
    ],
    ["1200 123#"],
  ],
  ["# alone", [[300, "#"]], ["300 #"]],
  [
    "each key starts the pause anew",
    [
      [0, "1"],
      [1_900, "2"],
      [3_800, "3"],
    ],
    ["5800 123"],
  ],
  [
    "two numbers",
    [
      [0, "12"],
      [5_000, "34"],
    ],
    ["2000 12", "7000 34"],
  ],
  ["somebody leans on the keys", [[0, "1".repeat(40)]], [`0 ${"1".repeat(32)}`, "2000 11111111"]],
  ["nothing", [], []],
])("%s", (_case, keys, gathered) => {
  expect(play(keys)).toEqual(gathered);
});

test.each(["1", "123#", "*0AD"])("the model's line for %s reads back", (digits) => {
  expect(readKeypadLine(keypadLine(digits))).toBe(digits);
});

test.each(["The caller pressed nothing on the keypad.", "Tell the caller that it rains."])(
  "%s is no such line",
  (line) => {
    expect(readKeypadLine(line)).toBeUndefined();
  },
);
