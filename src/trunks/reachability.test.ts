import { expect, test } from "vitest";
import type { TrunkAnswer } from "../telephony/sip/trunk-requests.ts";
import { isOutdated, nextReachability, UNKNOWN } from "./reachability.ts";

const answered = (statusCode: number): TrunkAnswer => ({
  outcome: "answered",
  statusCode,
  latencyMs: 12,
  header: () => undefined,
});
const silent: TrunkAnswer = { outcome: "silent", detail: "no answer in time" };

/** @returns the states after each answer, a second apart, and the waits */
function run(...answers: TrunkAnswer[]) {
  let reachability = UNKNOWN;
  return answers.map((answer, index) => {
    const next = nextReachability(reachability, answer, { now: new Date(index * 1_000), random: 0.5 });
    ({ reachability } = next);
    return [reachability.state, reachability.since?.getTime(), next.againInMs];
  });
}

test.each([200, 403, 404, 405, 501])("%i: somebody is there", (statusCode) => {
  expect(run(answered(statusCode))).toEqual([["up", 0, 30_000]]);
});

test.each([answered(503), answered(408), silent])(
  "it is down at the second failure, and up at once",
  (failure) => {
    expect(run(answered(200), failure, failure, failure, answered(200), answered(200))).toEqual([
      ["up", 0, 30_000],
      ["up", 0, 5_000],
      ["down", 2_000, 30_000],
      ["down", 2_000, 30_000],
      ["up", 4_000, 30_000],
      ["up", 4_000, 30_000],
    ]);
  },
);

test("from the beginning on", () => {
  expect(run(silent, silent)).toEqual([
    ["unknown", undefined, 5_000],
    ["down", 1_000, 30_000],
  ]);
});

test("what was last seen is told", () => {
  const at = { now: new Date(0), random: 0 };
  expect(nextReachability(UNKNOWN, answered(503), at).reachability).toMatchObject({
    latencyMs: 12,
    lastStatus: 503,
    lastError: "SIP 503",
  });
  expect(nextReachability(UNKNOWN, silent, at).reachability).toMatchObject({
    latencyMs: null,
    lastStatus: null,
    lastError: "no answer in time",
  });
});

test("a keeper that is gone makes it unknown", () => {
  expect(isOutdated(null, new Date(0))).toBe(true);
  expect(isOutdated(new Date(0), new Date(120_000))).toBe(false);
  expect(isOutdated(new Date(0), new Date(120_001))).toBe(true);
});
