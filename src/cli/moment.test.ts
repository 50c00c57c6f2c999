import { expect, test } from "vitest";
import { formatDuration, parseMoment } from "./moment.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");

test.each([
  ["30s", "2026-11-24T11:59:30.000Z"],
  ["10m", "2026-11-24T11:50:00.000Z"],
  ["2h", "2026-11-24T10:00:00.000Z"],
  ["7d", "2026-11-17T12:00:00.000Z"],
  ["2026-11-24T12:00:00+01:00", "2026-11-24T11:00:00.000Z"],
  ["2026-11-24", "2026-11-24T00:00:00.000Z"],
])("%s is %s", (text, expected) => {
  expect(parseMoment(text, NOW, "--since")).toBe(expected);
});

test.each([["10"], ["10 m"], ["-10m"], ["1w"], ["yesterday"], ["12:00"], ["2026-13-01"], [""]])(
  "%j is not a time",
  (text) => {
    expect(() => parseMoment(text, NOW, "--since")).toThrow(`--since: ${text} is not a time.`);
  },
);

test.each([
  [0.4, "0 ms"],
  [999.4, "999 ms"],
  [1_000, "1.0 s"],
  [59_900, "59.9 s"],
  [61_000, "1 min 1 s"],
  [3_600_000, "1 h 0 min"],
  [90_000_000, "25 h 0 min"],
])("%d ms reads %s", (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});
