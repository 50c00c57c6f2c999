import { FRAME_MS, SAMPLES_PER_FRAME } from "../carrier.ts";
import { createToneReader, type TonePart } from "./goertzel.ts";

/**
 * The beep after which a mailbox records: one steady tone between 350 and 2,100 Hz, 120 ms to 2 s long, and then none.
 * Told from speech by its purity and steadiness, from keypad digits and American network tones by being one tone
 * alone, and from the other network tones, which are a single one too (ITU-T E.180: 400 to 450 Hz), by their cadence.
 * Pure.
 */
export interface BeepDetector {
  /** Takes the next 20 ms. @returns the beep that has just been recognised as over */
  push(frame: Int16Array): Beep | undefined;
}

export interface Beep {
  frequencyHz: number;
  durationMs: number;
}

/** 40 ms: two tones that are 40 Hz apart cannot pass for one. */
const WINDOW_SAMPLES = 2 * SAMPLES_PER_FRAME;
const LOWEST_HZ = 340;
const HIGHEST_HZ = 2_130;
/** Noise 8 dB under the tone passes; two tones of a keypad, 6 dB apart at most, do not. */
const LEAST_PURITY = 0.85;
/** in a tone that has begun: a crackle does not end it */
const LEAST_PURITY_WITHIN = 0.7;
/** About -46 dBFS: under it is line noise and echo. */
const LEAST_LEVEL = 160;
/** A sung vowel of a high voice is nearly one tone, but no voice keeps its pitch like this. */
const MOST_DRIFT_HZ = 6;
/** from one window to the next */
const MOST_LEVEL_RATIO = 1.41;
/** pure ones that are the tone's alone: what every tone of 120 ms has, wherever the frames cut it */
const LEAST_WINDOWS = 4;
const LONGEST_MS = 2_000;

/** ITU-T E.180 with tolerances: a ringing, busy or congestion tone, if it comes again or lasts. */
const NETWORK_HZ = { from: 390, to: 490 };
const NETWORK_LONGEST_MS = 800;
/** longer than the gap of a busy tone (500 ms at most places) */
const NETWORK_QUIET_MS = 640;

interface Tone {
  windows: number;
  pureWindows: number;
  /** the mean so far */
  frequencyHz: number;
  level: number;
  /** windows since the last one that fitted */
  missed: number;
}

export function createBeepDetector(): BeepDetector {
  const read = createToneReader(WINDOW_SAMPLES, LEAST_LEVEL);
  const heard = new Float64Array(WINDOW_SAMPLES);
  let tone: Tone | undefined;
  /** one that may be a network tone, and how long nothing like it has followed */
  let doubtful: { beep: Beep; quietMs: number } | undefined;
  let sinceNetworkToneMs = Infinity;

  /** @returns the tone that this window has ended */
  function follow(part: TonePart): Tone | undefined {
    if (tone && continues(tone, part)) {
      const windows = tone.windows + 1 + tone.missed;
      const pureWindows = tone.pureWindows + (part.purity >= LEAST_PURITY ? 1 : 0);
      const frequencyHz = tone.frequencyHz + (part.frequencyHz - tone.frequencyHz) / windows;
      tone = { windows, pureWindows, frequencyHz, level: part.level, missed: 0 };
      return undefined;
    }
    // One bad window within a tone that is sure is a crackle; at its end it costs 20 ms.
    if (tone && tone.pureWindows > 1 && tone.missed === 0) {
      tone.missed = 1;
      return undefined;
    }
    const over = tone;
    const isTone = part.purity >= LEAST_PURITY && isPossible(part);
    tone = isTone
      ? { windows: 1, pureWindows: 1, frequencyHz: part.frequencyHz, level: part.level, missed: 0 }
      : undefined;
    return over && over.pureWindows >= LEAST_WINDOWS ? over : undefined;
  }

  function judge(over: Tone): Beep | undefined {
    const { frequencyHz } = over;
    const beep = { frequencyHz, durationMs: (over.windows + 1) * FRAME_MS };
    if (frequencyHz < NETWORK_HZ.from || frequencyHz > NETWORK_HZ.to)
      return beep.durationMs <= LONGEST_MS ? beep : undefined;
    const isAgain = sinceNetworkToneMs <= NETWORK_QUIET_MS;
    sinceNetworkToneMs = 0;
    doubtful = isAgain || beep.durationMs > NETWORK_LONGEST_MS ? undefined : { beep, quietMs: 0 };
    return undefined;
  }

  return {
    push(frame) {
      heard.copyWithin(0, SAMPLES_PER_FRAME);
      for (let index = 0; index < SAMPLES_PER_FRAME; index++)
        heard[SAMPLES_PER_FRAME + index] = frame[index]!;
      const part = read(heard);
      const over = follow(part);
      sinceNetworkToneMs += FRAME_MS;
      if (over) return judge(over);
      if (!doubtful) return undefined;
      doubtful.quietMs += FRAME_MS;
      if (doubtful.quietMs < NETWORK_QUIET_MS || tone) return undefined;
      const { beep } = doubtful;
      doubtful = undefined;
      return beep;
    },
  };
}

function isPossible({ frequencyHz }: TonePart): boolean {
  return frequencyHz >= LOWEST_HZ && frequencyHz <= HIGHEST_HZ;
}

function continues(tone: Tone, part: TonePart): boolean {
  const ratio = part.level / tone.level;
  return (
    part.purity >= LEAST_PURITY_WITHIN &&
    isPossible(part) &&
    Math.abs(part.frequencyHz - tone.frequencyHz) <= MOST_DRIFT_HZ &&
    ratio <= MOST_LEVEL_RATIO &&
    ratio >= 1 / MOST_LEVEL_RATIO
  );
}
