import { expect, test } from "vitest";
import { readRange } from "./byte-range.ts";

const part = (start: number, end: number) => ({ outcome: "part", start, end });
const whole = { outcome: "whole" };
const unsatisfiable = { outcome: "unsatisfiable" };

test.each([
  [undefined, whole],
  ["bytes=0-", part(0, 99)],
  ["bytes=0-0", part(0, 0)],
  ["bytes=10-19", part(10, 19)],
  ["bytes=90-500", part(90, 99)],
  ["bytes=-10", part(90, 99)],
  ["bytes=-500", part(0, 99)],
  ["Bytes= 5-6 ", part(5, 6)],
  ["bytes=100-", unsatisfiable],
  ["bytes=100-200", unsatisfiable],
  ["bytes=-0", unsatisfiable],
  // What makes no sense, or is more than one, is the whole.
  ["bytes=20-10", whole],
  ["bytes=-", whole],
  ["bytes=0-1,5-6", whole],
  ["seconds=1-2", whole],
  ["bytes=a-b", whole],
])("%s of 100 bytes", (header, expected) => {
  expect(readRange(header, 100)).toEqual(expected);
});
