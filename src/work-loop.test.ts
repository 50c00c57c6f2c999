import { expect, test } from "vitest";
import { createManualClock } from "../test/harness/manual-clock.ts";
import { createWorkLoop } from "./work-loop.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

function loopOf(look: () => Promise<number | void>) {
  const clock = createManualClock();
  const failures: unknown[] = [];
  const loop = createWorkLoop({
    look,
    lookEveryMs: 1_000,
    onFailure: (error) => failures.push(error),
    clock,
  });
  return { clock, failures, loop };
}

test("it looks when it starts, again after a while or when the look said so, and after a failure too", async () => {
  let looks = 0;
  const { clock, failures, loop } = loopOf(async () => {
    looks++;
    if (looks === 2) return 100;
    if (looks === 3) throw new Error("the database is away");
    return undefined;
  });
  loop.wake();
  expect(looks).toBe(0);
  loop.start();
  await turn();
  expect(looks).toBe(1);
  for (const [afterMs, expected] of [
    [999, 1],
    [1, 2],
    [99, 2],
    [1, 3],
    [999, 3],
    [1, 4],
  ] as const) {
    clock.advance(afterMs);
    await turn();
    expect(looks).toBe(expected);
  }
  expect(failures).toEqual([new Error("the database is away")]);
  await loop.stop();
});

test("woken while it looks: once more, however often; after its end: not at all", async () => {
  const looks: (() => void)[] = [];
  const { loop } = loopOf(() => new Promise<void>((resolve) => looks.push(resolve)));
  loop.start();
  loop.wake();
  loop.wake();
  expect(looks).toHaveLength(1);
  looks[0]!();
  await turn();
  expect(looks).toHaveLength(2);
  const stopped = loop.stop();
  expect(loop.isStopped).toBe(true);
  loop.wake();
  looks[1]!();
  await stopped;
  expect(looks).toHaveLength(2);
});
