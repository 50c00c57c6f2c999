import { expect, test } from "vitest";
import { createManualClock } from "../../../test/harness/manual-clock.ts";
import { createPacer } from "./pacer.ts";

function createCountedPacer() {
  const clock = createManualClock();
  let timers = 0;
  const counted = {
    ...clock,
    after(delayMs: number, callback: () => void) {
      timers++;
      return clock.after(delayMs, callback);
    },
  };
  return { clock, pacer: createPacer(counted), timers: () => timers };
}

test("ticks every 20 ms for each that was added, until it is taken out", () => {
  const { clock, pacer } = createCountedPacer();
  const counts = [0, 0];
  const leave = pacer.add(() => counts[0]!++);
  clock.advance(100);
  pacer.add(() => counts[1]!++);
  clock.advance(100);
  leave();
  leave();
  clock.advance(100);
  expect(counts).toEqual([10, 10]);
});

test("keeps one timer however often calls come and go", () => {
  const { clock, pacer, timers } = createCountedPacer();
  for (let call = 0; call < 50; call++) pacer.add(() => undefined)();
  pacer.add(() => undefined);
  const before = timers();
  clock.advance(200);
  expect(timers() - before).toBe(10);
});

test("catches up by five ticks after a stall and lets the rest go", () => {
  let nowMs = 0;
  let due: { atMs: number; callback: () => void } | undefined;
  const pacer = createPacer({
    now: () => new Date(0),
    monotonicMs: () => nowMs,
    after(delayMs, callback) {
      due = { atMs: nowMs + delayMs, callback };
      return () => (due = undefined);
    },
  });
  let count = 0;
  pacer.add(() => count++);
  nowMs = 1_000;
  due!.callback();
  expect(count).toBe(5);
  expect(due!.atMs).toBe(1_020);
  // A little late is made up for: the timeline stays where it was.
  nowMs = 1_033;
  due!.callback();
  expect([count, due!.atMs]).toEqual([6, 1_040]);
});

test("one that throws stops neither the others nor itself", () => {
  const clock = createManualClock();
  const errors: unknown[] = [];
  const pacer = createPacer(clock, (error) => errors.push(error));
  let count = 0;
  pacer.add(() => {
    throw new Error("a listener's bug");
  });
  pacer.add(() => count++);
  clock.advance(60);
  expect([count, errors.length]).toEqual([3, 3]);
});
