import type { Clock } from "../clock.ts";

/** A limit: so many in each window of the clock (facts 12.2: 100 requests a minute a key, 10 control commands a call). */
export interface RateLimit {
  /** 0: no limit */
  most: number;
  windowSeconds: number;
}

/** What the three X-RateLimit-* headers say (facts 12.2). */
export interface RateLimitState {
  isAllowed: boolean;
  limit: number;
  remaining: number;
  /** Unix seconds: when the window ends */
  resetAtSeconds: number;
  /** whole seconds until then, at least 1 */
  retryAfterSeconds: number;
}

/** Takes `count` places of the subject's current window, whether there are any left or not. */
export type TakeFromWindow = (
  subject: string,
  windowSeconds: number,
  count: number,
) => Promise<{ usedBefore: number; resetAtSeconds: number; resetInMs: number }>;

export type TakePlace = (subject: string, limit: RateLimit) => Promise<RateLimitState | undefined>;

/** So many subjects are remembered; forgetting one costs the places that it had taken ahead. */
const MOST_REMEMBERED = 10_000;

interface Lease {
  /** places taken from the window and not used yet */
  left: number;
  /** places that the window has beyond this lease, as far as known */
  beyond: number;
  resetAtSeconds: number;
  endsAtMs: number;
}

/**
 * Limits by fixed windows that all processes on one database share.
 *
 * Places are taken ahead, a hundredth of the limit at a time: at the documented 100 that is one by one, so the count is
 * exact, and an operator who sets 100,000 does not pay a round trip for each request. Never is more let through than
 * the limit; a process that dies or idles can waste a hundredth of it, for the rest of the window. Once the window is
 * known to be used up, refusals cost nothing.
 */
export function createRateLimiter(options: { takeFromWindow: TakeFromWindow; clock: Clock }): TakePlace {
  const { clock } = options;
  const leases = new Map<string, Lease>();
  const arriving = new Map<string, Promise<Lease>>();

  async function fetchLease(subject: string, { most, windowSeconds }: RateLimit): Promise<Lease> {
    const count = Math.max(1, Math.floor(most / 100));
    const startedMs = clock.monotonicMs();
    const window = await options.takeFromWindow(subject, windowSeconds, count);
    const left = Math.min(count, Math.max(0, most - window.usedBefore));
    if (leases.size >= MOST_REMEMBERED) leases.clear();
    const lease = {
      left,
      beyond: Math.max(0, most - window.usedBefore - count),
      resetAtSeconds: window.resetAtSeconds,
      endsAtMs: startedMs + window.resetInMs,
    };
    leases.set(subject, lease);
    return lease;
  }

  /** One at a time for each subject: the second request of a moment finds what the first one brings. */
  function nextLease(subject: string, limit: RateLimit): Promise<Lease> {
    const pending = arriving.get(subject);
    if (pending) return pending;
    const fetched = fetchLease(subject, limit).finally(() => arriving.delete(subject));
    arriving.set(subject, fetched);
    return fetched;
  }

  return async (subject, limit) => {
    if (limit.most === 0) return undefined;
    const isUseful = (lease: Lease) =>
      lease.endsAtMs > clock.monotonicMs() && (lease.left > 0 || lease.beyond === 0);
    let lease = leases.get(subject);
    // Again, where others of the same moment have used up what came.
    while (!lease || !isUseful(lease)) lease = await nextLease(subject, limit);
    const isAllowed = lease.left > 0;
    if (isAllowed) lease.left -= 1;
    return {
      isAllowed,
      limit: limit.most,
      remaining: lease.left + lease.beyond,
      resetAtSeconds: lease.resetAtSeconds,
      retryAfterSeconds: Math.max(1, Math.ceil((lease.endsAtMs - clock.monotonicMs()) / 1_000)),
    };
  };
}
