import { expect, test } from "vitest";
import { createManualClock } from "../../test/harness/manual-clock.ts";
import { createCallCount } from "./call-count.ts";

function start() {
  const clock = createManualClock();
  const calls: Date[] = [];
  const counted: number[] = [];
  const count = createCallCount({
    now: () => clock.now(),
    countBetween(_organizationId, { from, to }) {
      const found = calls.filter((at) => (!from || at >= from) && (!to || at < to)).length;
      counted.push(found);
      return Promise.resolve(found);
    },
  });
  const addCall = (msAgo = 0) => calls.push(new Date(clock.now().getTime() - msAgo));
  return {
    clock,
    calls,
    count,
    addCall,
    looked: () => counted.splice(0).reduce((sum, found) => sum + found, 0),
  };
}

test("is exact at every moment, and looks at the old ones once", async () => {
  const { clock, calls, count, addCall, looked } = start();
  for (let n = 0; n < 1_000; n++) addCall(n * 60_000);
  expect(await count("a")).toBe(1_000);
  expect(looked()).toBe(1_000);
  for (let step = 0; step < 200; step++) {
    clock.advance(30_000);
    addCall();
    // Committed a little after it was made, as rows are.
    addCall(5_000);
    expect(await count("a")).toBe(calls.length);
    expect(looked()).toBeLessThan(60);
  }
});
