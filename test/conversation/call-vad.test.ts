import { inference, VADEventType, type VAD, type VADEvent } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareConversations } from "../../src/conversation/agent-conversation.ts";
import { CallVad, type HeardTurn } from "../../src/speech/vad/call-vad.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { tone } from "../harness/tone.ts";

// Beside LiveKit's own detector on the same audio: ours may cost less, and must not hear less.

let espeak: Espeak;
const voices: Int16Array[] = [];

beforeAll(async () => {
  prepareConversations();
  espeak = createEspeak();
  for (const [text, voice] of [
    ["When do you close today?", "en-us"],
    ["Yes.", "en-gb"],
    ["Ich hätte gern einen Termin, am liebsten morgen früh.", "de"],
    ["Hello? Can you hear me? I am calling about my order.", "en-us+f3"],
  ] as const) {
    const { samples, sampleRateHz } = await espeak.synthesize(text, voice);
    voices.push(toTelephoneRate(samples, sampleRateHz));
  }
});
afterAll(() => espeak.stop());

/** Seeded, with a level in samples. */
function noise(length: number, rms: number): Int16Array {
  let state = 42;
  return Int16Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state / 0x7fffffff - 0.5) * Math.sqrt(12) * rms;
  });
}

/** Each voice after two seconds of nothing but the line, two more at the end. */
function call(gain: number, noiseRms: number): Int16Array {
  const length = voices.reduce((total, voice) => total + voice.length + 16_000, 16_000);
  const audio = noise(length, noiseRms);
  let at = 16_000;
  for (const voice of voices) {
    voice.forEach((sample, index) => (audio[at + index] = audio[at + index]! + sample * gain));
    at += voice.length + 16_000;
  }
  return audio;
}

interface Change {
  type: "started" | "ended";
  /** in the audio, so that a busy machine changes nothing */
  atMs: number;
}

/** What a detector makes of a call. @param feed  undefined: through the detector's own stream */
async function changesOf(vad: VAD, audio: Int16Array, feed?: (frame: Int16Array) => void): Promise<Change[]> {
  const stream = vad.stream();
  const changes: Change[] = [];
  const read = (async () => {
    for await (const { type, timestamp } of stream as AsyncIterable<VADEvent>) {
      if (type === VADEventType.START_OF_SPEECH) changes.push({ type: "started", atMs: timestamp });
      if (type === VADEventType.END_OF_SPEECH) changes.push({ type: "ended", atMs: timestamp });
    }
  })();
  for (let at = 0; at < audio.length; at += 160) {
    const frame = audio.slice(at, at + 160);
    if (feed) feed(frame);
    else stream.pushFrame(new AudioFrame(frame, 8_000, 1, frame.length));
    await settle();
  }
  for (let times = 0; times < 50; times++) await settle();
  stream.close();
  await read.catch(() => undefined);
  return changes;
}

/** The network answers on another thread, in a fraction of a millisecond. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function ours(isDeaf = () => false) {
  const turns: HeardTurn[] = [];
  const vad = new CallVad({
    delayMs: 60,
    isDeaf,
    onError: (error) => {
      throw error;
    },
  });
  vad.onTurn({ began: () => undefined, ended: (turn) => turns.push(turn) });
  const feed = (frame: Int16Array) => vad.hear(frame);
  return { vad, turns, feed };
}

describe.each([
  ["a clear line", 1, 0],
  ["the noise of an ordinary line", 1, 60],
  ["a quiet caller", 0.05, 10],
  ["a quiet caller on a noisy line", 0.1, 80],
  ["a noisy street", 1, 500],
])("%s", (_name, gain, noiseRms) => {
  test(
    "every beginning and end that LiveKit's detector hears, at the same moment",
    { timeout: 60_000 },
    async () => {
      const audio = call(gain, noiseRms);
      const { vad, turns, feed } = ours();
      const theirs = await changesOf(new inference.VAD({ model: "silero" }), audio);
      const heard = await changesOf(vad, audio, feed);
      expect(heard.map(({ type }) => type)).toEqual(theirs.map(({ type }) => type));
      expect(theirs.length).toBeGreaterThanOrEqual(2 * voices.length);
      heard.forEach(({ atMs }, index) =>
        expect(Math.abs(atMs - theirs[index]!.atMs)).toBeLessThanOrEqual(96),
      );
      expect(turns).toHaveLength(heard.filter(({ type }) => type === "ended").length);
    },
  );
});

test("no speech in noise, silence and tones", { timeout: 60_000 }, async () => {
  const { vad, turns, feed } = ours();
  const audio = [...noise(24_000, 300), ...new Int16Array(16_000), ...tone(440, 1_000), ...noise(16_000, 20)];
  expect(await changesOf(vad, Int16Array.from(audio), feed)).toEqual([]);
  expect(turns).toEqual([]);
});

test(
  "an end of speech is dated to the last sound, not to when it was known",
  { timeout: 60_000 },
  async () => {
    const { vad, feed } = ours();
    const stream = vad.stream();
    const [voice] = voices as [Int16Array];
    const lastSoundMs = voice.findLastIndex((sample) => Math.abs(sample) > 700) / 8;
    const audio = new Int16Array(voice.length + 8_000);
    audio.set(voice);
    const ends: number[] = [];
    const read = (async () => {
      for await (const event of stream as AsyncIterable<VADEvent>) {
        if (event.type !== VADEventType.END_OF_SPEECH) continue;
        ends.push(event.timestamp - event.silenceDuration - (event.inferenceDuration - 60));
      }
    })();
    for (let at = 0; at < audio.length; at += 160) {
      feed(audio.slice(at, at + 160));
      await settle();
    }
    stream.close();
    await read.catch(() => undefined);
    expect(ends).toHaveLength(1);
    // Sounds softer than that end later; a window more or less.
    expect(Math.abs(ends[0]! - lastSoundMs)).toBeLessThan(90);
  },
);

test("what is said while nobody may interrupt is heard and not handed on", { timeout: 60_000 }, async () => {
  const { vad, turns, feed } = ours(() => true);
  const heard = await changesOf(vad, call(1, 0), feed);
  expect(heard.length).toBeGreaterThanOrEqual(2 * voices.length);
  for (const { samples } of turns) expect(samples.every((sample) => sample === 0)).toBe(true);
});
