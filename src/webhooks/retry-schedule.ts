import type { WebhookEventType } from "./event.ts";

/**
 * When a failed delivery is tried again, in one place. Delays are upper bounds: the actual one is drawn evenly from
 * half of it to all of it, so that the deliveries of an outage do not come back at one instant, and a delay still
 * means something. The last attempt is made at least 75 h after the first, also when every draw is the shortest
 * (the sum of the halves): long enough for a weekend.
 */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const DELAYS_MS: Record<WebhookEventType, readonly number[]> = {
  // A caller waits for these; only a test of one is ever a delivery, and it is sent once.
  "assistant-request": [],
  "tool-calls": [],
  // What happens now: soon again while the call may still be going on, and then as patiently as the report.
  "status-update": [
    1 * SECOND,
    3 * SECOND,
    10 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    1 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
    36 * HOUR,
  ],
  "end-of-call-report": [
    1 * SECOND,
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    1 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
    36 * HOUR,
  ],
};

export function maxAttemptsOf(type: WebhookEventType): number {
  return DELAYS_MS[type].length + 1;
}

/** After this many failed attempts an event no longer holds back the later ones of its call. */
export const QUICK_ATTEMPTS = 4;

/** A receiver that asks for a pause gets it, up to a day (RFC 9110, 10.2.3). */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR;

export type RetryDecision = { outcome: "retry"; delayMs: number } | { outcome: "exhausted" };

/**
 * @param type            each kind of event has its own table
 * @param failedAttempts  how many have failed, this one included
 * @param random          from 0 (inclusive) to 1
 * @param retryAfterMs    what the receiver's `Retry-After` asked for
 */
export function decideRetry(
  type: WebhookEventType,
  failedAttempts: number,
  random: number,
  retryAfterMs?: number,
): RetryDecision {
  const limitMs = DELAYS_MS[type][failedAttempts - 1];
  if (limitMs === undefined) return { outcome: "exhausted" };
  const drawnMs = Math.round(limitMs / 2 + (limitMs / 2) * random);
  const delayMs = retryAfterMs === undefined ? drawnMs : Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
  return { outcome: "retry", delayMs };
}

/** Reads `Retry-After`: seconds or an HTTP date. @returns milliseconds from `now`, or undefined when it says nothing */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * SECOND;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - now.getTime());
}
