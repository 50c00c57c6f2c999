import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { createActiveCalls } from "./active-calls.ts";

/** A call that never lets go of the signal it was given, as most do: their end is not the process' end. */
function listen(seen: AbortSignal[]) {
  return async (stop: AbortSignal) => {
    stop.addEventListener("abort", () => undefined);
    seen.push(stop);
  };
}

test("nothing is kept of a call that is over: no call finds another's listeners on its signal", async () => {
  const calls = createActiveCalls(() => undefined);
  const seen: AbortSignal[] = [];
  for (let call = 0; call < 3; call++) {
    calls.carry(listen(seen));
    await calls.untilIdle(1_000);
  }
  expect(calls.count).toBe(0);
  expect(seen.map((signal) => getEventListeners(signal, "abort").length)).toEqual([1, 1, 1]);
});

test("all that run are told to end, and so is one that begins after that", async () => {
  const calls = createActiveCalls(() => undefined);
  const ended: string[] = [];
  const call = (name: string) => async (stop: AbortSignal) => {
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve));
    ended.push(name);
  };
  calls.carry(call("a"));
  calls.carry(call("b"));
  expect(ended).toEqual([]);
  await calls.endAll(1_000);
  calls.carry(call("late"));
  await calls.untilIdle(1_000);
  expect(ended).toEqual(["a", "b", "late"]);
});
