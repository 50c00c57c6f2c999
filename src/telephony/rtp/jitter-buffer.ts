import { FRAME_MS, SAMPLES_PER_FRAME } from "../carrier.ts";

/**
 * Puts the caller's audio back in order: samples go in under their RTP timestamp, frames of 20 ms come out at a
 * steady pace. Keyed by timestamp and not by packet, so that any packet length works, duplicates change nothing, and
 * order is by construction.
 *
 * - What comes after its moment is dropped and counted as late. Several late packets in a row mean that the sender's
 *   clock has moved, and the buffer starts over where the sender is.
 * - A gap is concealed for two frames by what came before, fading; then it is silence.
 * - The delay never drifts: when more than `MOST_AHEAD` is waiting, the buffer jumps forward to its target.
 */
export interface JitterBuffer {
  /** @param timestamp RTP timestamp of the first sample (32 bits, wraps) */
  push(timestamp: number, samples: Int16Array): void;
  /** The next 20 ms. Always a new array. */
  pop(): Int16Array;
  /** Forgets everything: another codec, another source. */
  reset(): void;
  readonly lateSamples: number;
}

const CAPACITY = 8_192;
const TARGET_DELAY = 3 * SAMPLES_PER_FRAME;
export const TARGET_DELAY_MS = 3 * FRAME_MS;
const MOST_AHEAD = 10 * SAMPLES_PER_FRAME;
const LATE_IN_A_ROW = 5;
/** 200 ms: no telephone sends longer packets, and one that did would write over the buffer's own tail */
const LONGEST_PACKET = 10 * SAMPLES_PER_FRAME;
const CONCEALED_FRAMES = 2;
const CONCEALMENT_FADE = 0.5;

export function createJitterBuffer(): JitterBuffer {
  const samplesAt = new Int16Array(CAPACITY);
  const isFilled = new Uint8Array(CAPACITY);
  let playoutAt: number | undefined;
  let newestAt = 0;
  let lateInARow = 0;
  let lateSamples = 0;
  let lastFrame = new Int16Array(SAMPLES_PER_FRAME);
  let concealed = 0;

  function startAt(timestamp: number): void {
    isFilled.fill(0);
    playoutAt = (timestamp - TARGET_DELAY) >>> 0;
    newestAt = timestamp;
    lateInARow = 0;
  }

  function clear(from: number, count: number): void {
    for (let offset = 0; offset < count; offset++) isFilled[(from + offset) % CAPACITY] = 0;
  }

  return {
    push(timestamp, samples) {
      if (samples.length > LONGEST_PACKET) return;
      if (playoutAt === undefined) startAt(timestamp);
      const ahead = difference(timestamp, playoutAt!);
      if (ahead < 0) {
        lateSamples += samples.length;
        if (++lateInARow < LATE_IN_A_ROW) return;
        startAt(timestamp);
      } else if (ahead > CAPACITY - 1_000) {
        startAt(timestamp);
      }
      lateInARow = 0;
      for (let offset = 0; offset < samples.length; offset++) {
        const slot = (timestamp + offset) % CAPACITY;
        samplesAt[slot] = samples[offset]!;
        isFilled[slot] = 1;
      }
      const endsAt = (timestamp + samples.length) >>> 0;
      if (difference(endsAt, newestAt) > 0) newestAt = endsAt;
      const waiting = difference(newestAt, playoutAt!);
      if (waiting > MOST_AHEAD) {
        const skipped = waiting - TARGET_DELAY;
        clear(playoutAt!, skipped);
        playoutAt = (playoutAt! + skipped) >>> 0;
      }
    },
    pop() {
      const frame = new Int16Array(SAMPLES_PER_FRAME);
      if (playoutAt === undefined) return frame;
      let found = 0;
      for (let offset = 0; offset < SAMPLES_PER_FRAME; offset++) {
        const slot = (playoutAt + offset) % CAPACITY;
        if (isFilled[slot] === 0) continue;
        frame[offset] = samplesAt[slot]!;
        isFilled[slot] = 0;
        found++;
      }
      playoutAt = (playoutAt + SAMPLES_PER_FRAME) >>> 0;
      if (found > 0) {
        concealed = 0;
        lastFrame = frame;
      } else if (concealed < CONCEALED_FRAMES) {
        concealed++;
        const gain = CONCEALMENT_FADE ** concealed;
        for (let offset = 0; offset < SAMPLES_PER_FRAME; offset++) frame[offset] = lastFrame[offset]! * gain;
      }
      return frame;
    },
    reset() {
      playoutAt = undefined;
      lastFrame = new Int16Array(SAMPLES_PER_FRAME);
      concealed = CONCEALED_FRAMES;
    },
    get lateSamples() {
      return lateSamples;
    },
  };
}

/** a - b on the circle of 32 bits, as a signed number */
function difference(a: number, b: number): number {
  return (a - b) | 0;
}
