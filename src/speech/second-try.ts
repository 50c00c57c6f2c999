/** A failure that took longer has used up the caller's patience. */
const FAST_FAILURE_MS = 2_000;

/**
 * Whether what failed is tried once more while a caller waits: it failed fast, and another answer is possible. A connection
 * that dropped, or an answer that could not be read, may be luck; a refusal (4xx) is not.
 */
export function isWorthASecondTry(error: unknown, tookMs: number): boolean {
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
  const code = typeof status === "number" ? status : statusCode;
  const isRefused = typeof code === "number" && code >= 400 && code < 500;
  return !isRefused && tookMs < FAST_FAILURE_MS;
}
