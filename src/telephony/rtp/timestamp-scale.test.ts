import { expect, test } from "vitest";
import { createTimestampScale } from "./timestamp-scale.ts";

test.each([
  ["telephone clock as it is", 8_000, [4_294_967_200, 64], [4_294_967_200, 64]],
  ["Opus, from its first packet on", 48_000, [1_000, 1_960, 2_920], [0, 160, 320]],
  ["over the wrap", 48_000, [4_294_967_000, 664, 1_624], [0, 160, 320]],
  ["an overtaken packet", 48_000, [1_000, 2_920, 1_960, 3_880], [0, 320, 160, 480]],
  ["before the first", 48_000, [1_960, 1_000], [0, 4_294_967_136]],
])("%s", (_sentence, clockRateHz, timestamps, expected) => {
  const scale = createTimestampScale(clockRateHz);
  expect(timestamps.map((timestamp) => scale(timestamp))).toEqual(expected);
});
