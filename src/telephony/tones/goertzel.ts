import { SAMPLE_RATE_HZ } from "../carrier.ts";

/** The squared magnitude of a signal's spectrum at one frequency (Goertzel's algorithm). */
export function powerAt(frequencyHz: number, samples: Float64Array): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / SAMPLE_RATE_HZ);
  let previous = 0;
  let beforeThat = 0;
  for (let index = 0; index < samples.length; index++) {
    const next = samples[index]! + coefficient * previous - beforeThat;
    beforeThat = previous;
    previous = next;
  }
  return previous * previous + beforeThat * beforeThat - coefficient * previous * beforeThat;
}

/** What a stretch of audio sounds like, if it were one tone. */
export interface TonePart {
  frequencyHz: number;
  /** 0 to 1: how much of the power is at that frequency alone */
  purity: number;
  /** root of the mean square */
  level: number;
}

const LOWEST_HZ = 300;
const HIGHEST_HZ = 2_150;
const STEP_HZ = 50;
const REFINING_HZ = [25, 12];

/**
 * Reads stretches of one length; the window and the buffer are made once.
 * @param leastLevel  what is quieter is not looked at: nothing of it is pure
 */
export function createToneReader(length: number, leastLevel: number): (samples: Float64Array) => TonePart {
  const window = Float64Array.from(
    { length },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / length),
  );
  const sumOfWindow = length / 2;
  const sumOfSquares = (length * 3) / 8;
  const windowed = new Float64Array(length);
  const steps = (HIGHEST_HZ - LOWEST_HZ) / STEP_HZ;
  const powers = new Float64Array(steps + 1);

  return (samples) => {
    let energy = 0;
    let windowedEnergy = 0;
    for (let index = 0; index < length; index++) {
      const value = samples[index]! * window[index]!;
      windowed[index] = value;
      windowedEnergy += value * value;
      energy += samples[index]! * samples[index]!;
    }
    const level = Math.sqrt(energy / length);
    if (level < leastLevel) return { frequencyHz: 0, purity: 0, level };
    let best = 0;
    for (let step = 0; step <= steps; step++) {
      powers[step] = powerAt(LOWEST_HZ + step * STEP_HZ, windowed);
      if (powers[step]! > powers[best]!) best = step;
    }
    // The grid is as wide as the peak: its neighbours are in the noise, and the top is looked for between closer ones.
    let frequencyHz = LOWEST_HZ + best * STEP_HZ;
    for (const stepHz of REFINING_HZ) frequencyHz += offsetOfPeak(windowed, frequencyHz, stepHz);
    // One sine of amplitude a: a²/4·(Σw)² at its frequency, a²/2·Σw² of windowed energy.
    const share = powerAt(frequencyHz, windowed) / sumOfWindow ** 2 / (windowedEnergy / sumOfSquares);
    return {
      frequencyHz,
      purity: windowedEnergy === 0 ? 0 : Math.min(1, 2 * share),
      level,
    };
  };
}

/** How far from `frequencyHz` the top really is, at most one step: a parabola through three logarithms. */
function offsetOfPeak(samples: Float64Array, frequencyHz: number, stepHz: number): number {
  const left = Math.log(powerAt(frequencyHz - stepHz, samples) + 1e-9);
  const middle = Math.log(powerAt(frequencyHz, samples) + 1e-9);
  const right = Math.log(powerAt(frequencyHz + stepHz, samples) + 1e-9);
  const curvature = left - 2 * middle + right;
  if (curvature >= 0) return left > right ? -stepHz : stepHz;
  return stepHz * Math.max(-1, Math.min(1, (left - right) / (2 * curvature)));
}
