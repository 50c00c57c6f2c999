import { expect, test } from "vitest";
import { readDigits } from "./send-digits-tool.ts";

test.each<[unknown, string[] | string]>([
  ["2", ["2"]],
  ["1234#", ["1", "2", "3", "4", "#"]],
  ["12 34-5", ["1", "2", "3", "4", "5"]],
  [7, ["7"]],
  ["a*", ["A", "*"]],
  ["", "digits: must be 1 to 32 keys, got 0"],
  ["1".repeat(33), "digits: must be 1 to 32 keys, got 33"],
  ["press one", "digits: must be keys of a telephone: 0-9, *, # and A-D"],
  [undefined, "digits: must be a text of keys, such as 1234#"],
])("%j presses %j", (given, expected) => {
  expect(readDigits(given)).toEqual(expected);
});
