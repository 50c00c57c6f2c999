import { SAMPLE_RATE_HZ } from "../carrier.ts";

/** What the scenes are made of. Everything that fills a scene is periodic in its length, so that the loop has no seam. */

/** @returns numbers from 0 to 1 */
export type Random = () => number;

/** The same sequence for the same seed (mulberry32, in the public domain). */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Mixes a sound in; what is longer than the scene goes on at its beginning. */
export function addAt(scene: Float64Array, at: number, sound: Float64Array, gain: number): void {
  for (let index = 0; index < sound.length; index++) {
    scene[(at + index) % scene.length]! += sound[index]! * gain;
  }
}

/** Noise under a cut-off frequency. */
export function noise(length: number, random: Random, { lowPassHz }: { lowPassHz: number }): Float64Array {
  const white = new Float64Array(length);
  for (let index = 0; index < length; index++) white[index] = random() * 2 - 1;
  const share = 1 - Math.exp((-2 * Math.PI * lowPassHz) / SAMPLE_RATE_HZ);
  let once = 0;
  let twice = 0;
  const result = new Float64Array(length);
  // Two rounds: the second begins in the state that the first ended in, which is what makes the loop seamless.
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < length; index++) {
      once += share * (white[index]! - once);
      twice += share * (once - twice);
      result[index] = twice;
    }
  }
  return result;
}

/** A sound as it rings in a body with one resonance (a two-pole filter). */
export function resonate(sound: Float64Array, frequencyHz: number, bandwidthHz: number): Float64Array {
  const radius = Math.exp((-Math.PI * bandwidthHz) / SAMPLE_RATE_HZ);
  const first = 2 * radius * Math.cos((2 * Math.PI * frequencyHz) / SAMPLE_RATE_HZ);
  const second = -radius * radius;
  const result = new Float64Array(sound.length);
  let [one, two] = [0, 0];
  for (let index = 0; index < sound.length; index++) {
    const value = sound[index]! * (1 - radius) + first * one + second * two;
    two = one;
    one = value;
    result[index] = value;
  }
  return result;
}

/** A burst of noise that dies away. */
export function knock(seconds: number, random: Random): Float64Array {
  const length = Math.round(seconds * SAMPLE_RATE_HZ);
  return Float64Array.from({ length }, (_, index) =>
    index < 40 ? (random() * 2 - 1) * 3 * (1 - index / 40) : 0,
  );
}

/** A whistle from one pitch to another. */
export function chirp(fromHz: number, toHz: number, seconds: number): Float64Array {
  const length = Math.round(seconds * SAMPLE_RATE_HZ);
  let phase = 0;
  return Float64Array.from({ length }, (_, index) => {
    const share = index / length;
    phase += (2 * Math.PI * (fromHz + (toHz - fromHz) * share)) / SAMPLE_RATE_HZ;
    return Math.sin(phase) * Math.sin(Math.PI * share) ** 2;
  });
}

/** Something that swells and dies down, 0 to 1, `perSecond` times a second. */
export function slowWave(length: number, random: Random, perSecond: number): Float64Array {
  const waves = Math.round((length / SAMPLE_RATE_HZ) * perSecond);
  const heights = Array.from({ length: waves }, random);
  const result = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    const position = (index / length) * waves;
    const from = Math.floor(position);
    const share = (1 - Math.cos(Math.PI * (position - from))) / 2;
    result[index] = heights[from % waves]! * (1 - share) + heights[(from + 1) % waves]! * share;
  }
  return result;
}

/** F1 and F2 of a few vowels, Hz. */
const VOWELS = [
  [300, 2_200],
  [400, 1_900],
  [600, 1_700],
  [750, 1_200],
  [500, 900],
  [350, 800],
] as const;

/** Speech that says nothing: syllables of a voice of some pitch, in phrases with pauses between them. */
export function voiceLike(
  length: number,
  random: Random,
  { talksShare }: { talksShare: number },
): Float64Array {
  const pitchHz = 95 + random() * 120;
  const result = new Float64Array(length);
  const end = length / SAMPLE_RATE_HZ;
  for (let at = random() * 2; at < end;) {
    const syllables = 4 + Math.floor(random() * 12);
    const startedAt = at;
    for (let syllable = 0; syllable < syllables && at < end; syllable++) {
      const seconds = 0.11 + random() * 0.14;
      const fall = 1.12 - 0.25 * (syllable / syllables);
      const sound = syllableOf(pitchHz * fall * (0.95 + random() * 0.1), seconds, random);
      addAt(result, Math.round(at * SAMPLE_RATE_HZ), sound, 0.5 + random() * 0.5);
      at += seconds * 0.95;
    }
    at += ((at - startedAt) * (1 - talksShare) * (0.5 + random())) / talksShare;
  }
  return result;
}

function syllableOf(pitchHz: number, seconds: number, random: Random): Float64Array {
  const length = Math.round(seconds * SAMPLE_RATE_HZ);
  const [f1, f2] = VOWELS[Math.floor(random() * VOWELS.length)]!;
  const consonant = Math.round(length * (0.1 + random() * 0.2));
  let phase = random();
  const source = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    phase += pitchHz / SAMPLE_RATE_HZ;
    if (phase >= 1) phase -= 1;
    source[index] = index < consonant ? (random() - 0.5) * 0.5 : phase < 0.1 ? 1 : -0.11;
  }
  const low = resonate(source, f1, 90);
  const high = resonate(source, f2, 140);
  for (let index = 0; index < length; index++) {
    const share = index / length;
    // It swells and dies down, without a sine for each sample.
    low[index] = (low[index]! + 0.6 * high[index]!) * 4 * share * (1 - share);
  }
  return low;
}
