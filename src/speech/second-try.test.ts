import { expect, test } from "vitest";
import { isWorthASecondTry } from "./second-try.ts";

test.each<[string, unknown, number, boolean]>([
  ["a connection that dropped at once", new TypeError("terminated"), 20, true],
  ["one that dropped after a long time", new TypeError("terminated"), 2_500, false],
  ["a wrong key", Object.assign(new Error("no"), { status: 401 }), 20, false],
  ["a wrong key, as the plugin says it", Object.assign(new Error("no"), { statusCode: 401 }), 20, false],
  ["an error of the server's", Object.assign(new Error("no"), { status: 500 }), 20, true],
])("%s", (_case, error, tookMs, isWorth) => {
  expect(isWorthASecondTry(error, tookMs)).toBe(isWorth);
});
