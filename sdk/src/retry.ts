const MAX_BACKOFF_MS = 8_000;
const MAX_RETRY_AFTER_MS = 30_000;

/** What became of one attempt, if it was not an answer. */
export type Failure =
  | { kind: "no-answer" }
  | {
      kind: "refused";
      status: number;
      code: string | undefined;
      retryAfterMs: number | undefined;
      /** the server has kept this answer for the Idempotency-Key, and will give it again */
      isReplayed: boolean;
    };

/**
 * Whether to try again, and after how long. 429 means that nothing was carried out; a 5xx, a timeout or a broken
 * connection may come after the fact, so that a PATCH is left alone. A POST carries an Idempotency-Key.
 *
 * @param attempt  from 1
 * @returns        milliseconds; undefined: the failure stands
 */
export function retryDelay(method: string, failure: Failure, attempt: number): number | undefined {
  const backoff = Math.min(1_000 * 2 ** (attempt - 1), MAX_BACKOFF_MS);
  if (failure.kind === "no-answer") return isRepeatable(method) ? backoff : undefined;
  const { status, code, retryAfterMs, isReplayed } = failure;
  if (status === 429)
    return retryAfterMs === undefined ? backoff : Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
  if (isReplayed) return undefined;
  // The attempt before this one, which we gave up, is still being carried out.
  if (code === "idempotency_key_in_use" && attempt > 1) return backoff;
  return status >= 500 && isRepeatable(method) ? backoff : undefined;
}

function isRepeatable(method: string): boolean {
  return method !== "PATCH";
}

/** @returns milliseconds; undefined: the header is absent or unreadable */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
