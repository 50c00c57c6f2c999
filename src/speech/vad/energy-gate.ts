/**
 * Whether a window of audio may hold speech at all: most of a call is somebody listening, and a look at its loudness
 * costs a thousandth of asking the network. It errs towards asking: what is let through needlessly costs 60 µs, what is
 * held back is a caller who is not heard. Pure.
 *
 * Closed, it opens at once for a window that stands out of the line's own noise; open, it stays so for a while after
 * the last one.
 */
export interface EnergyGate {
  /** @param isSpeaking  speech goes on: its pauses are not the line's noise, and the gate does not close */
  isOpen(samples: Int16Array, isSpeaking: boolean): boolean;
  /** how many windows ago the last one stood out; 0: this one */
  readonly quietWindows: number;
}

/** About -58 dBov: below it there is no speech that a telephone would carry (a quiet talker on a bad line has -45). */
const SILENT_RMS = 40;
/**
 * How far a window stands out of the noise before it is looked at: 2 dB, which speech 2 dB *below* the noise does. A
 * steady noise varies by a fifth of that from one window to the next.
 */
const ABOVE_NOISE = 1.25;
/** The quietest windows of this long are the noise: longer than any sound of speech without a pause. */
const NOISE_WINDOWS = 60;
/** 0.5 s: covers the pauses between words, which would otherwise close and open the gate at each */
const OPEN_WINDOWS = 16;

export function createEnergyGate(): EnergyGate {
  let windowsLeft = OPEN_WINDOWS;
  let noiseRms = SILENT_RMS;
  let quietestRms = Number.POSITIVE_INFINITY;
  let windows = 0;
  let quietWindows = 0;

  function learn(rms: number): void {
    // A quieter line counts at once, a noisier one when it has been so for a while.
    noiseRms = Math.min(noiseRms, rms);
    quietestRms = Math.min(quietestRms, rms);
    if (++windows < NOISE_WINDOWS) return;
    noiseRms = quietestRms;
    quietestRms = Number.POSITIVE_INFINITY;
    windows = 0;
  }

  return {
    isOpen(samples, isSpeaking) {
      const rms = rmsOf(samples);
      const standsOut = rms > Math.max(SILENT_RMS, noiseRms * ABOVE_NOISE);
      quietWindows = standsOut ? 0 : quietWindows + 1;
      if (!isSpeaking) learn(rms);
      if (standsOut || isSpeaking) windowsLeft = OPEN_WINDOWS;
      else if (windowsLeft > 0) windowsLeft--;
      return windowsLeft > 0;
    },
    get quietWindows() {
      return quietWindows;
    },
  };
}

function rmsOf(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
