import { describe, expect, test } from "vitest";
import { decideMailRetry } from "./mail-retry.ts";

const HOUR = 3_600_000;

describe("decideMailRetry", () => {
  test.each<[string, Parameters<typeof decideMailRetry>[0], number | "give-up"]>([
    ["the first limit", { failedAttempts: 1, ageMs: 0, random: 1 }, 30_000],
    ["half of it", { failedAttempts: 1, ageMs: 0, random: 0.5 }, 15_000],
    ["full jitter reaches nothing", { failedAttempts: 9, ageMs: 0, random: 0 }, 0],
    ["the second limit", { failedAttempts: 2, ageMs: 0, random: 1 }, 120_000],
    ["the longest limit", { failedAttempts: 6, ageMs: 0, random: 1 }, 4 * HOUR],
    ["and it stays", { failedAttempts: 400, ageMs: 0, random: 1 }, 4 * HOUR],
    ["a day is the end", { failedAttempts: 9, ageMs: 20 * HOUR + 1, random: 1 }, "give-up"],
    ["just within it", { failedAttempts: 9, ageMs: 20 * HOUR, random: 1 }, 4 * HOUR],
    ["what the service asks for", { failedAttempts: 1, ageMs: 0, random: 0, retryAfterMs: 9_000 }, 9_000],
    [
      "a pause beyond the day",
      { failedAttempts: 1, ageMs: HOUR, random: 0, retryAfterMs: 24 * HOUR },
      "give-up",
    ],
  ])("%s", (_name, options, expected) => {
    expect(decideMailRetry(options)).toEqual(
      expected === "give-up" ? { outcome: "give-up" } : { outcome: "retry", delayMs: expected },
    );
  });
});
