import { expect, test } from "vitest";
import { isTimeZone, mayCallAt } from "./calling-hours.ts";

const office = { start: "09:00:00", end: "17:00:00", timezone: "Europe/Amsterdam" };
const night = { start: "22:00:00", end: "06:00:00", timezone: "UTC" };

test.each([
  // Winter: an hour before UTC.
  ["2026-01-15T07:59:59Z", office, false],
  ["2026-01-15T08:00:00Z", office, true],
  ["2026-01-15T15:59:59Z", office, true],
  ["2026-01-15T16:00:00Z", office, false],
  // Summer: two.
  ["2026-07-15T07:00:00Z", office, true],
  ["2026-07-15T15:00:00Z", office, false],
  // The day of the change, 29 March 2026, and the day before.
  ["2026-03-28T07:30:00Z", office, false],
  ["2026-03-29T07:30:00Z", office, true],
  ["2026-01-15T21:59:59Z", night, false],
  ["2026-01-15T22:00:00Z", night, true],
  ["2026-01-15T00:00:00Z", night, true],
  ["2026-01-15T05:59:59Z", night, true],
  ["2026-01-15T06:00:00Z", night, false],
  ["2026-01-15T12:00:00Z", { ...office, start: "09:00:00", end: "09:00:00" }, true],
  ["2026-01-15T03:45:00Z", { start: "09:15:00", end: "09:30:00", timezone: "Asia/Kolkata" }, true],
])("at %s within %j: %s", (now, hours, may) => {
  expect(mayCallAt(new Date(now), hours)).toBe(may);
});

test.each([
  ["Europe/Amsterdam", true],
  ["UTC", true],
  ["America/Argentina/Buenos_Aires", true],
  ["+02:00", false],
  ["Europe/Atlantis", false],
  ["", false],
])("%j is a time zone: %s", (text, is) => {
  expect(isTimeZone(text)).toBe(is);
});
