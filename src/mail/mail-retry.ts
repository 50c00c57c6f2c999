/**
 * When a failed e-mail is tried again: full jitter (anything from nothing to the limit, so that the e-mails of an outage
 * do not come back together), limits that grow fourfold to four hours, and an end after a day. After that a report is
 * history, and its failure is in the list instead.
 */
const FIRST_LIMIT_MS = 30_000;
const GROWTH = 4;
const LONGEST_LIMIT_MS = 4 * 3_600_000;
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

export type MailRetry = { outcome: "retry"; delayMs: number } | { outcome: "give-up" };

/**
 * @param failedAttempts  this one included
 * @param ageMs           since the e-mail was written
 * @param random          from 0 (inclusive) to 1
 * @param retryAfterMs    what the service asked for: never sooner than that
 */
export function decideMailRetry(options: {
  failedAttempts: number;
  ageMs: number;
  random: number;
  retryAfterMs?: number | undefined;
}): MailRetry {
  const limitMs = Math.min(FIRST_LIMIT_MS * GROWTH ** (options.failedAttempts - 1), LONGEST_LIMIT_MS);
  const delayMs = Math.max(Math.round(limitMs * options.random), options.retryAfterMs ?? 0);
  return options.ageMs + delayMs > GIVE_UP_AFTER_MS ? { outcome: "give-up" } : { outcome: "retry", delayMs };
}
