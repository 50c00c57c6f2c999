import { expect, test } from "vitest";
import { createRtpStatistics } from "./rtp-statistics.ts";

const feed = (sequences: readonly number[]) => {
  const statistics = createRtpStatistics();
  for (const sequence of sequences) {
    statistics.count({
      sequence,
      timestamp: sequence * 160,
      arrivedAtSamples: sequence * 160,
      hasSteadyTimestamp: true,
    });
  }
  return statistics;
};

test.each<[string, number[], number]>([
  ["nothing in order", [1, 2, 3], 0],
  ["two in a gap", [1, 2, 5], 2],
  ["nothing when only late", [1, 3, 2, 4], 0],
  ["nothing over the wrap", [65_534, 65_535, 0, 1], 0],
  ["one at the wrap", [65_534, 65_535, 1], 1],
  ["what was lost before the sender started over", [1, 3, 30_000, 30_001], 1],
])("loses %s", (_sentence, sequences, lost) => {
  const statistics = feed(sequences);
  expect(statistics.lost).toBe(lost);
  expect(statistics.received).toBe(sequences.length);
});

test("smooths the jitter by a sixteenth (RFC 3550, 6.4.1)", () => {
  const statistics = createRtpStatistics();
  const arrive = (sequence: number, arrivedAtSamples: number, hasSteadyTimestamp = true) =>
    statistics.count({ sequence, timestamp: sequence * 160, arrivedAtSamples, hasSteadyTimestamp });
  arrive(1, 160);
  arrive(2, 320);
  expect(statistics.jitterSamples).toBe(0);
  arrive(3, 480 + 32);
  expect(statistics.jitterSamples).toBe(2);
  arrive(4, 9_999, false);
  expect(statistics.jitterSamples).toBe(2);
});
