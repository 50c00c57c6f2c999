const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before connecting again: doubling, with full jitter above a small floor, so that the clients of a
 * server that restarts do not come back in step.
 *
 * @param failures  in a row, from 1
 * @param random    from 0 to 1
 * @param retryMs   what the stream asked for
 */
export function reconnectDelayMs(failures: number, random: number, retryMs = FIRST_MS): number {
  const ceilingMs = Math.min(LONGEST_MS, Math.max(retryMs, 1) * 2 ** Math.min(failures - 1, 10));
  return Math.round(ceilingMs * (0.2 + 0.8 * random));
}
