import { expect, test } from "vitest";
import { planCalls } from "../../demo/dashboard/plan-call.ts";
import { createRandom } from "../../demo/dashboard/random.ts";
import { STORIES } from "../../demo/dashboard/stories.ts";

const until = new Date("2026-11-26T12:00:00Z");
const plan = (seed: number) => planCalls(createRandom(seed), { count: 300, days: 14, until });

test("the same seed makes the same calls, another one others", () => {
  expect(plan(1)).toEqual(plan(1));
  expect(plan(2)).not.toEqual(plan(1));
});

test("two weeks of calls of every direction and outcome, the oldest first, each in an order that can be", () => {
  const plans = plan(1);
  expect(new Set(plans.map(({ id }) => id)).size).toBe(300);
  expect(plans.map(({ createdAt }) => createdAt)).toEqual(
    plans.map(({ createdAt }) => createdAt).toSorted((a, b) => a.getTime() - b.getTime()),
  );
  expect(new Set(plans.map(({ story }) => story.direction))).toEqual(new Set(["inbound", "outbound", "web"]));
  expect(new Set(plans.map(({ reason }) => reason))).toEqual(new Set(STORIES.map(({ end }) => end)));
  for (const { createdAt, answeredAt, endedAt, spoken, turns, summary } of plans) {
    const moments = [
      createdAt,
      ...(answeredAt ? [answeredAt] : []),
      ...spoken.flatMap(({ from, to }) => [from, to]),
      endedAt,
    ];
    expect(moments).toEqual(moments.toSorted((a, b) => a.getTime() - b.getTime()));
    expect(endedAt.getTime()).toBeLessThan(until.getTime());
    expect(createdAt.getTime()).toBeGreaterThan(until.getTime() - 14.1 * 86_400_000);
    expect(answeredAt === undefined).toBe(spoken.length === 0);
    expect(JSON.stringify([spoken, summary])).not.toMatch(/\{\w+\}/);
    for (const { totalMs, stages } of turns) {
      expect(totalMs).toBeCloseTo(Object.values(stages).reduce((sum, ms) => sum + ms, 0));
    }
  }
});
