import { SAMPLE_RATE_HZ, SAMPLES_PER_FRAME } from "../carrier.ts";

/**
 * What a caller hears while somebody else's telephone rings: 425 Hz, one second in five, as most of Europe's networks
 * do it (ETSI TR 101 041-2). Softer than speech, because it may go on while a person is briefed. Pure.
 */
const FREQUENCY_HZ = 425;
const AMPLITUDE = 2_000;
const TONE_SAMPLES = SAMPLE_RATE_HZ;
const CYCLE_SAMPLES = 5 * SAMPLE_RATE_HZ;

/** @returns gives the next 20 ms with each call, beginning with the tone */
export function createRingback(): () => Int16Array {
  let at = 0;
  return () => {
    const frame = new Int16Array(SAMPLES_PER_FRAME);
    if (at < TONE_SAMPLES) {
      // A whole number of periods fits into the second: the tone ends where it began, without a click.
      for (let offset = 0; offset < frame.length; offset++) {
        frame[offset] = AMPLITUDE * Math.sin((2 * Math.PI * FREQUENCY_HZ * (at + offset)) / SAMPLE_RATE_HZ);
      }
    }
    at = (at + SAMPLES_PER_FRAME) % CYCLE_SAMPLES;
    return frame;
  };
}
