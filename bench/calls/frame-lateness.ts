/**
 * How late each frame of a stream comes, against its own timeline of 20 ms. The timeline is that of the fastest frame
 * of the last two seconds, as a receiver's buffer would take it: a sender that has skipped some time is late once, not
 * for ever. Pure.
 */
export interface FrameLateness {
  /**
   * @param timestamp  RTP, 8,000 a second
   * @returns ms behind the timeline
   */
  take(timestamp: number, arrivedAtMs: number): number;
}

const FRAMES = 100;

export function createFrameLateness(): FrameLateness {
  const delays = new Float64Array(FRAMES).fill(Number.POSITIVE_INFINITY);
  let at = 0;
  let first: number | undefined;
  return {
    take(timestamp, arrivedAtMs) {
      first ??= timestamp;
      const delayMs = arrivedAtMs - ((timestamp - first) | 0) / 8;
      delays[at++ % FRAMES] = delayMs;
      let fastest = Number.POSITIVE_INFINITY;
      for (const delay of delays) if (delay < fastest) fastest = delay;
      return delayMs - fastest;
    },
  };
}
