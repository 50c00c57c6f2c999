import { expect, test } from "vitest";
import { shareFairly } from "./fair-share.ts";

const claimants = (...names: string[]) =>
  names.map((name) => ({ endpointId: name, receiver: name.slice(0, 1) }));

test.each([
  ["one each when there is room for no more", ["a", "b", "c"], 3, { a: 9, b: 9, c: 9 }, { a: 1, b: 1, c: 1 }],
  ["what one cannot take goes to the others", ["a", "b"], 6, { a: 1, b: 9 }, { a: 1, b: 5 }],
  ["an open breaker gets nothing", ["a", "b"], 4, { a: 0, b: 9 }, { b: 4 }],
  [
    "endpoints of one receiver share its places",
    ["a1", "a2", "b"],
    9,
    { a: 2, b: 3 },
    { a1: 1, a2: 1, b: 3 },
  ],
  ["no room, no shares", ["a"], 0, { a: 9 }, {}],
])("%s", (_name, names, room, places: Record<string, number>, expected) => {
  const { shares } = shareFairly(claimants(...names), room, (receiver) => places[receiver]!, undefined);
  expect(Object.fromEntries(shares)).toEqual(expected);
});

test("with fewer places than endpoints each gets its turn", () => {
  const all = claimants("a", "b", "c", "d", "e");
  const served: string[] = [];
  let last: string | undefined;
  for (let turn = 0; turn < 5; turn++) {
    const shared = shareFairly(all, 2, () => 9, last);
    served.push(...shared.shares.keys());
    last = shared.last;
  }
  expect(served).toEqual(["a", "b", "c", "d", "e", "a", "b", "c", "d", "e"]);
});
