import { expect, test } from "vitest";
import { shareOfPorts } from "./port-shares.ts";

test.each([
  [10_000, 19_999, 1, ["10000-19999"]],
  [10_000, 19_999, 2, ["10000-14999", "15000-19999"]],
  [10_000, 10_009, 2, ["10000-10003", "10004-10009"]],
  // an odd half would let two workers meet in one pair
  [10_000, 10_013, 2, ["10000-10005", "10006-10013"]],
  [10_000, 10_003, 8, ["10000-10003"]],
])("%d-%d for %d", (first, last, count, expected) => {
  const shares = shareOfPorts({ first, last }, count);
  expect(shares.map((share) => `${share.first}-${share.last}`)).toEqual(expected);
});
