import { expect, test } from "vitest";
import { fuzzReaders } from "./fuzz/fuzz-readers.ts";
import { fuzzSip } from "./fuzz/fuzz-sip.ts";

// `npm run fuzz:sip` does a million, with a seed of its own each time.
test(
  "20,000 mutated messages leave nothing behind, and calls go on between them",
  { timeout: 300_000 },
  async () => {
    const report = await fuzzSip({ messages: 20_000, seed: 5 });
    expect(report.failures).toEqual([]);
    expect(report).toMatchObject({ legsLeft: 0, timersLeft: 0, socketsLeft: 0, flowsLeft: 0 });
    expect(report.genuineCalls).toBe(report.genuineCallsPlaced);
    // They came through to where calls are made, and some were refused before it.
    expect(report.invites).toBeGreaterThan(500);
    expect(report.malformed).toBeGreaterThan(1_000);
    expect(report.answered).toBeGreaterThan(10);
  },
);

test("no packet makes a reader throw", () => {
  expect(fuzzReaders({ count: 10_000, seed: 5 })).toEqual([]);
});
