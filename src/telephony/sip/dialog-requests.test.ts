import { expect, test } from "vitest";
import { readInfoDigit } from "./dialog-requests.ts";

test.each([
  ["Signal=5\r\nDuration=160\r\n", "5"],
  ["Signal= *\r\n", "*"],
  ["Duration=100\r\nsignal = #", "#"],
  ["Signal=d", "D"],
  ["Signal=10", "*"],
  ["Signal=11", "#"],
  ["7\r\n", "7"],
  ["Signal=16\r\n", undefined],
  ["Signal=hello", undefined],
  ["", undefined],
])("reads %j as %s", (body, digit) => {
  expect(readInfoDigit(body)).toBe(digit);
});
