import { SAMPLE_RATE_HZ } from "../carrier.ts";

/**
 * RTP timestamps of any clock as those of telephone audio (8,000 a second), 32 bits that wrap: what the jitter buffer
 * counts in. A timestamp alone cannot be divided, because 2^32 is no multiple of 6; the way from one to the next can. Pure.
 */
export function createTimestampScale(clockRateHz: number): (timestamp: number) => number {
  const ratio = clockRateHz / SAMPLE_RATE_HZ;
  if (ratio === 1) return (timestamp) => timestamp;
  let last: number | undefined;
  /** without wraps; exact for longer than any call lasts */
  let elapsed = 0;
  return (timestamp) => {
    if (last !== undefined) elapsed += (timestamp - last) | 0;
    last = timestamp;
    return Math.floor(elapsed / ratio) >>> 0;
  };
}
