import { expect, test } from "vitest";
import { createManualClock } from "../test/harness/manual-clock.ts";
import { within, type Clock } from "./clock.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("work in time: its answer or its error, and no timer is left", async () => {
  const clock = createManualClock();
  let timers = 0;
  const counting: Clock = {
    ...clock,
    after(delayMs, callback) {
      timers++;
      const cancel = clock.after(delayMs, callback);
      return () => {
        timers--;
        cancel();
      };
    },
  };
  expect(await within(counting, 100, Promise.resolve(1), () => "late")).toBe(1);
  await expect(within(counting, 100, Promise.reject(new Error("broken")), () => "late")).rejects.toThrow(
    "broken",
  );
  expect(timers).toBe(0);
});

test("work that takes longer: what was asked for, an error too, and the work's own end is nobody's", async () => {
  const clock = createManualClock();
  const works = [Promise.withResolvers<never>(), Promise.withResolvers<never>()] as const;
  const answered = within(clock, 100, works[0].promise, () => "late");
  const thrown = within(clock, 100, works[1].promise, () => {
    throw new Error("no answer within 100 ms");
  });
  clock.advance(100);
  expect(await answered).toBe("late");
  await expect(thrown).rejects.toThrow("no answer within 100 ms");
  for (const work of works) work.reject(new Error("after all"));
  // The set-up fails a test that leaves a rejection behind.
  await turn();
});
