import { afterAll, describe, expect, test } from "vitest";
import { createEspeak } from "../../speech/tts/espeak.ts";
import { seededRandom } from "../rtp/background-sounds.ts";
import { backgroundClip } from "../rtp/background-clips.ts";
import { toTelephoneRate } from "../codec/resample.ts";
import { decodeG711, encodeG711, type G711Codec } from "../codec/g711.ts";
import { createBeepDetector, type Beep } from "./beep-detector.ts";

const RATE_HZ = 8_000;
const random = seededRandom(7);

interface Part {
  /** silence when there are none */
  frequenciesHz: readonly number[];
  durationMs: number;
  amplitude?: number;
}

/** The parts one after the other, as a telephone line would carry them. */
function line(parts: readonly Part[], options: { snrDb?: number; codec?: G711Codec; leadMs?: number } = {}) {
  const { snrDb = Infinity, codec = "PCMA", leadMs = 137 } = options;
  const all: Part[] = [
    { frequenciesHz: [], durationMs: leadMs },
    ...parts,
    { frequenciesHz: [], durationMs: 900 },
  ];
  const samples: number[] = [];
  for (const { frequenciesHz, durationMs, amplitude = 4_000 } of all) {
    for (let count = 0; count < durationMs * 8; count++) {
      let value = snrDb === Infinity ? 0 : (noise() * 4_000) / Math.SQRT2 / 10 ** (snrDb / 20);
      for (const frequencyHz of frequenciesHz)
        value += amplitude * Math.sin((2 * Math.PI * frequencyHz * samples.length) / RATE_HZ);
      samples.push(Math.max(-32_768, Math.min(32_767, value)));
    }
  }
  return decodeG711(codec, encodeG711(codec, Int16Array.from(samples)));
}

function noise(): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** @returns the beeps, and when each was told of, in ms from the beginning */
function detect(samples: Int16Array): (Beep & { atMs: number })[] {
  const detector = createBeepDetector();
  const beeps: (Beep & { atMs: number })[] = [];
  for (let at = 0; at + 160 <= samples.length; at += 160) {
    const beep = detector.push(samples.subarray(at, at + 160));
    if (beep) beeps.push({ ...beep, atMs: at / 8 + 20 });
  }
  return beeps;
}

const FREQUENCIES_HZ = [350, 425, 440, 500, 697, 852, 1_000, 1_400, 2_100];

test.each(FREQUENCIES_HZ)("hears a beep of %d Hz, in noise and in either codec", (frequencyHz) => {
  for (const durationMs of [120, 133, 500]) {
    for (const snrDb of [Infinity, 20]) {
      for (const codec of snrDb === 20 ? (["PCMA"] as const) : (["PCMA", "PCMU"] as const)) {
        for (const leadMs of [100, 109]) {
          const samples = line([{ frequenciesHz: [frequencyHz], durationMs }], { snrDb, codec, leadMs });
          const beeps = detect(samples);
          const told = JSON.stringify({ durationMs, snrDb, codec, leadMs, beeps });
          expect(beeps, told).toHaveLength(1);
          expect(Math.abs(beeps[0]!.frequencyHz - frequencyHz), told).toBeLessThan(5);
          // The network's own tones take longer: what follows them has to be heard first.
          const isNetwork = frequencyHz >= 390 && frequencyHz <= 490;
          expect(beeps[0]!.atMs - leadMs - durationMs, told).toBeLessThan(isNetwork ? 800 : 120);
        }
      }
    }
  }
});

test.each([300, 4_000, 16_000])("hears it at amplitude %d", (amplitude) => {
  const beeps = detect(line([{ frequenciesHz: [1_000], durationMs: 300, amplitude }]));
  expect(beeps).toHaveLength(1);
  expect(beeps[0]!.durationMs).toBeGreaterThan(250);
  expect(beeps[0]!.durationMs).toBeLessThan(350);
});

const silence = (durationMs: number): Part => ({ frequenciesHz: [], durationMs });
const repeat = (parts: Part[], times: number): Part[] => Array.from({ length: times }, () => parts).flat();
const KEYS: [string, number, number][] = [
  ["1", 697, 1_209],
  ["5", 770, 1_336],
  ["9", 852, 1_477],
  ["0", 941, 1_336],
  ["#", 941, 1_477],
];

test.each<[string, Part[]]>([
  ...KEYS.map(([key, low, high]): [string, Part[]] => [
    `the key ${key}`,
    repeat([{ frequenciesHz: [low, high], durationMs: 150 }, silence(80)], 3),
  ]),
  ["European ringing", repeat([{ frequenciesHz: [425], durationMs: 1_000 }, silence(4_000)], 2)],
  ["American ringing", repeat([{ frequenciesHz: [440, 480], durationMs: 2_000 }, silence(4_000)], 2)],
  ["British ringing", repeat([{ frequenciesHz: [400, 450], durationMs: 400 }, silence(200)], 4)],
  ["European busy", repeat([{ frequenciesHz: [425], durationMs: 500 }, silence(500)], 5)],
  ["European congestion", repeat([{ frequenciesHz: [425], durationMs: 250 }, silence(250)], 8)],
  ["American busy", repeat([{ frequenciesHz: [480, 620], durationMs: 500 }, silence(500)], 5)],
  ["a dial tone", [{ frequenciesHz: [425], durationMs: 5_000 }]],
  ["an American dial tone", [{ frequenciesHz: [350, 440], durationMs: 3_000 }]],
  ["a fax that answers", [{ frequenciesHz: [2_100], durationMs: 3_000 }]],
  ["a click", [{ frequenciesHz: [1_000], durationMs: 40 }]],
  ["a quiet hum", [{ frequenciesHz: [1_000], durationMs: 500, amplitude: 60 }]],
  ["a tone under what mailboxes use", [{ frequenciesHz: [250], durationMs: 500 }]],
])("%s is no beep", (_name, parts) => {
  const beeps = detect(line(parts));
  // The last of a row of busy tones is followed by silence, as a beep is: that one cannot be told apart.
  expect(beeps.filter(({ atMs }) => atMs < line(parts).length / 8 - 900)).toEqual([]);
});

describe("speech is no beep", () => {
  const espeak = createEspeak();
  afterAll(() => espeak.stop());
  // Long vowels of high voices come nearest to one tone; one of Maori was taken for a beep once.
  test.each(["en-us", "en-us+f3", "nl", "de+f5", "fr+f2", "it", "mi", "fi+f4"])("%s", async (voice) => {
    const words =
      "Hello, you do not know who this is. Ooh, too true! Moo, boo, soon. Ah, oh, hmm, eee. One, two, nine.";
    const { samples, sampleRateHz } = await espeak.synthesize(words, voice);
    const spoken = toTelephoneRate(samples, sampleRateHz);
    expect(spoken.length).toBeGreaterThan(RATE_HZ * 4);
    for (const codec of ["PCMA", "PCMU"] as const)
      expect(detect(decodeG711(codec, encodeG711(codec, spoken)))).toEqual([]);
  });
});

test("the scenes that we make ourselves are no beeps", () => {
  for (const clip of ["office", "city", "forest", "crowded_room"] as const)
    expect(detect(backgroundClip(clip)), clip).toEqual([]);
});

test("noise alone is no beep", () => {
  expect(detect(line([silence(20_000)], { snrDb: 0 }))).toEqual([]);
});
