import { expect, test } from "vitest";
import type { WebhookEventType } from "./event.ts";
import { decideRetry, maxAttemptsOf, readRetryAfter } from "./retry-schedule.ts";

const HOUR_MS = 3_600_000;

const TYPES: WebhookEventType[] = ["status-update", "end-of-call-report"];

function totalMs(type: WebhookEventType, random: number): number {
  let sum = 0;
  for (let failed = 1; failed < maxAttemptsOf(type); failed++) {
    const decision = decideRetry(type, failed, random);
    if (decision.outcome === "retry") sum += decision.delayMs;
  }
  return sum;
}

test.each(TYPES)("%s reaches at least 75 hours, also with the shortest draws", (type) => {
  expect(totalMs(type, 0)).toBeGreaterThanOrEqual(75 * HOUR_MS);
  expect(totalMs(type, 0.999)).toBeLessThan(8 * 24 * HOUR_MS);
});

test.each([
  [1, 0, undefined, { outcome: "retry", delayMs: 500 }],
  [1, 1, undefined, { outcome: "retry", delayMs: 1000 }],
  [4, 0.5, undefined, { outcome: "retry", delayMs: 90_000 }],
  [1, 0.5, 7_000, { outcome: "retry", delayMs: 7_000 }],
  [1, 0.5, 0, { outcome: "retry", delayMs: 0 }],
  [1, 0.5, 48 * HOUR_MS, { outcome: "retry", delayMs: 24 * HOUR_MS }],
  [16, 0.5, undefined, { outcome: "exhausted" }],
  [16, 0.5, 1_000, { outcome: "exhausted" }],
])("a report after %d failures, random %d, Retry-After %s", (failed, random, retryAfterMs, decision) => {
  expect(decideRetry("end-of-call-report", failed, random, retryAfterMs)).toEqual(decision);
});

test.each([
  [undefined, undefined],
  ["120", 120_000],
  ["Thu, 01 Jan 2026 00:01:00 GMT", 60_000],
  ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
  ["soon", undefined],
])("reads Retry-After %s as %s ms", (header, delayMs) => {
  expect(readRetryAfter(header, new Date("2026-01-01T00:00:00Z"))).toBe(delayMs);
});
