import { expect, test } from "vitest";
import { readInstant } from "./instant.ts";

test.each([
  ["2026-01-31T12:00:00Z", "start", "2026-01-31T12:00:00.000Z"],
  ["2026-01-31T12:00Z", "start", "2026-01-31T12:00:00.000Z"],
  ["2026-01-31T12:00:00.5+02:00", "end", "2026-01-31T10:00:00.500Z"],
  ["2026-01-31", "start", "2026-01-31T00:00:00.000Z"],
  ["2026-01-31", "end", "2026-01-31T23:59:59.999Z"],
  ["2024-02-29", "start", "2024-02-29T00:00:00.000Z"],
] as const)("reads %s as the %s of a period: %s", (text, side, instant) => {
  expect(readInstant(text, side)?.toISOString()).toBe(instant);
});

test.each([
  "",
  "yesterday",
  "2026-01",
  "2026-02-30",
  "2026-02-30T00:00:00Z",
  "2026-13-01",
  "2026-01-31T25:00:00Z",
  "2026-01-31T12:00:00",
  "2026-01-31T12:00:00 02:00",
  "2026-01-31 12:00:00Z",
  "1767225600",
])("does not read %j", (text) => {
  expect(readInstant(text, "start")).toBeUndefined();
});
