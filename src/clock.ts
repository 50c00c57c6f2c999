/**
 * Time, passed in. Everything that waits or stamps takes a `Clock`, so that tests move time instead of sleeping.
 */
export interface Clock {
  /** The present as a `Date`, for stamps that people and databases read. */
  now(): Date;
  /** Milliseconds that never go backwards, for durations and deadlines. */
  monotonicMs(): number;
  /** Calls back once after `delayMs`; the returned function cancels and may be called twice. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

const LATE = Symbol("late");

/**
 * Waits for the work, but no longer than this; the work itself goes on.
 *
 * @param onLate  the answer where it takes longer; may throw
 * @throws what the work throws in time; what it throws later is nobody's
 */
export async function within<T, Late>(
  clock: Clock,
  limitMs: number,
  work: Promise<T>,
  onLate: () => Late,
): Promise<T | Late> {
  let cancel: () => void = () => undefined;
  const limit = new Promise<typeof LATE>((resolve) => (cancel = clock.after(limitMs, () => resolve(LATE))));
  const first = await Promise.race([work, limit]).finally(cancel);
  return first === LATE ? onLate() : first;
}
