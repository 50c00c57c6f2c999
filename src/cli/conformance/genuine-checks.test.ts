import { expect, test } from "vitest";
import { judgeTime } from "./genuine-checks.ts";

test.each([
  ["a caller waits", 2_500, true, 5_000, "pass"],
  ["a caller waits", 2_501, true, 5_000, "warn"],
  ["a caller waits", 4_999, true, 5_000, "warn"],
  ["a caller waits", 5_000, true, 5_000, "fail"],
  ["a caller waits for a tool", 5_001, true, 10_000, "warn"],
  ["a caller waits for a tool", 10_000, true, 10_000, "fail"],
  ["nobody waits", 1_000, false, 10_000, "pass"],
  ["nobody waits", 1_001, false, 10_000, "warn"],
  ["nobody waits", 10_000, false, 10_000, "fail"],
] as const)(
  "%s, %i ms, waited for: %s, deadline %i ms: %s",
  (_who, durationMs, isWaitedFor, deadlineMs, verdict) => {
    expect(judgeTime(durationMs, isWaitedFor, deadlineMs).verdict).toBe(verdict);
  },
);
