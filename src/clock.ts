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
