import { expect, test } from "vitest";
import { createManualClock } from "../../test/harness/manual-clock.ts";
import { createRateLimiter, type RateLimit } from "./rate-limiter.ts";

/** A window of a minute that begins at 0, counted as the database does it. */
function start() {
  const clock = createManualClock();
  const used = new Map<string, number>();
  let queries = 0;
  const createProcess = () =>
    createRateLimiter({
      clock,
      async takeFromWindow(subject, windowSeconds, count) {
        queries += 1;
        const nowSeconds = clock.monotonicMs() / 1_000;
        const window = Math.floor(nowSeconds / windowSeconds);
        const key = `${subject} ${window}`;
        const usedBefore = used.get(key) ?? 0;
        used.set(key, usedBefore + count);
        const resetAtSeconds = (window + 1) * windowSeconds;
        return { usedBefore, resetAtSeconds, resetInMs: (resetAtSeconds - nowSeconds) * 1_000 };
      },
    });
  return { clock, createProcess, queries: () => queries };
}

const documented: RateLimit = { most: 100, windowSeconds: 60 };

test("lets exactly the limit through, says what is left, and begins anew with the next window", async () => {
  const { clock, createProcess } = start();
  const take = createProcess();
  clock.advance(15_000);
  const states = [];
  for (let request = 0; request < 102; request++) states.push(await take("key:a", documented));
  expect(states[0]).toEqual({
    isAllowed: true,
    limit: 100,
    remaining: 99,
    resetAtSeconds: 60,
    retryAfterSeconds: 45,
  });
  expect(states.map((state) => state!.isAllowed).lastIndexOf(true)).toBe(99);
  expect(states[101]).toMatchObject({ isAllowed: false, remaining: 0, retryAfterSeconds: 45 });
  expect(await take("key:b", documented)).toMatchObject({ isAllowed: true, remaining: 99 });
  clock.advance(45_000);
  expect(await take("key:a", documented)).toMatchObject({
    isAllowed: true,
    remaining: 99,
    resetAtSeconds: 120,
  });
});

test("several processes share the count", async () => {
  const { createProcess } = start();
  const processes = [createProcess(), createProcess(), createProcess()];
  let allowed = 0;
  for (let request = 0; request < 150; request++) {
    const state = await processes[request % 3]!("key:a", documented);
    if (state!.isAllowed) allowed += 1;
  }
  expect(allowed).toBe(100);
});

test("requests of the same moment do not get the same place", async () => {
  const { createProcess } = start();
  const take = createProcess();
  const states = await Promise.all(Array.from({ length: 130 }, () => take("key:a", documented)));
  expect(states.filter((state) => state!.isAllowed)).toHaveLength(100);
});

test("a large limit is taken ahead by the hundredth, and never more is let through", async () => {
  const { createProcess, queries } = start();
  const processes = [createProcess(), createProcess()];
  let allowed = 0;
  for (let request = 0; request < 30_000; request++) {
    const state = await processes[request % 2]!("key:a", { most: 10_000, windowSeconds: 60 });
    if (state!.isAllowed) allowed += 1;
  }
  expect(allowed).toBe(10_000);
  expect(queries()).toBeLessThan(110);
});

test("no limit asks nobody", async () => {
  const { createProcess, queries } = start();
  expect(await createProcess()("key:a", { most: 0, windowSeconds: 60 })).toBeUndefined();
  expect(queries()).toBe(0);
});
