import { describe, expect, test } from "vitest";
import {
  FIRST_WINDOW,
  isKnownDead,
  isWorn,
  LARGEST_WINDOW,
  newHealth,
  observe,
  placesOf,
  type EndpointHealth,
  type Observation,
} from "./endpoint-health.ts";

const start = new Date("2026-11-24T12:00:00Z");
const after = (ms: number) => new Date(start.getTime() + ms);
const success: Observation = { kind: "success" };
const failure: Observation = { kind: "unavailable", retryAfterMs: undefined };
const refusal: Observation = { kind: "refusal" };

const times = (count: number, observation: Observation) => Array.from({ length: count }, () => observation);

function play(observations: Observation[], at = start, from = newHealth()): EndpointHealth {
  return observations.reduce((health, observation) => observe(health, observation, at, 1), from);
}

describe("the breaker", () => {
  test("opens at the fifth failure in a row, and not before", () => {
    expect(play(times(4, failure)).breaker).toBe("closed");
    const open = play(times(5, failure));
    expect(open).toMatchObject({ breaker: "open", opens: 1, openUntil: after(5_000) });
    expect(placesOf(open, after(4_999))).toBe(0);
    expect(isKnownDead(open, after(4_999))).toBe(true);
  });

  test("lets one probe through when its time is over", () => {
    const open = play(times(5, failure));
    expect(placesOf(open, after(5_000))).toBe(1);
    expect(placesOf({ ...open, breaker: "half-open" }, after(5_000))).toBe(1);
  });

  test("a success in between starts the count anew", () => {
    const observations = [...times(4, failure), success, ...times(4, failure)];
    expect(play(observations).breaker).toBe("closed");
  });

  test("stays open twice as long after each failed probe, up to five minutes", () => {
    let health = play(times(5, failure));
    const openMs: number[] = [];
    for (let probe = 0; probe < 8; probe++) {
      const at = health.openUntil!;
      health = observe({ ...health, breaker: "half-open" }, failure, at, 1);
      openMs.push(health.openUntil!.getTime() - at.getTime());
    }
    expect(openMs).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
  });

  test("failures of what was in flight when it opened do not open it further", () => {
    const open = play(times(5, failure));
    expect(observe(open, failure, after(100), 1)).toMatchObject({ opens: 1, openUntil: open.openUntil });
  });

  test.each([
    [1_000, 1_000],
    [60_000, 60_000],
    [86_400_000, 600_000],
  ])("a receiver that asks for %d ms gets %d ms for all of its events", (retryAfterMs, pauseMs) => {
    const paused = observe(newHealth(), { kind: "unavailable", retryAfterMs }, start, 1);
    expect(paused).toMatchObject({ breaker: "open", openUntil: after(pauseMs) });
  });

  test("a refusal closes it: the receiver is there", () => {
    const open = play(times(5, failure));
    expect(observe({ ...open, breaker: "half-open" }, refusal, after(5_000), 1).breaker).toBe("closed");
  });
});

describe("the window", () => {
  test("begins small, grows with each success, and ends at the largest", () => {
    expect(placesOf(newHealth(), start)).toBe(FIRST_WINDOW);
    expect(placesOf(play([success, success]), start)).toBe(FIRST_WINDOW + 2);
    expect(placesOf(play(times(100, success)), start)).toBe(LARGEST_WINDOW);
  });

  test("halves with a failure", () => {
    expect(placesOf(play([...times(100, success), failure]), start)).toBe(LARGEST_WINDOW / 2);
  });

  test("starts slowly after an outage", () => {
    const open = play([...times(100, success), ...times(5, failure)]);
    const back = observe({ ...open, breaker: "half-open" }, success, after(5_000), 1);
    expect(placesOf(back, after(5_000))).toBe(1);
    expect(placesOf(observe(back, success, after(5_001), 1), after(5_001))).toBe(2);
  });
});

test.each([
  ["nothing but failures for five days", [failure, failure], true],
  ["nothing but refusals for five days", [refusal, refusal], true],
  ["one success in them", [failure, success, failure], false],
])("worn: %s: %s", (_name, observations: Observation[], worn) => {
  const days = 5 * 86_400_000;
  let health = newHealth();
  for (const [index, observation] of observations.entries()) {
    health = observe(health, observation, after((days * index) / (observations.length - 1)), 1);
  }
  expect(isWorn(health, after(days))).toBe(worn);
});
