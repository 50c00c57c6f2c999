import type { Speech } from "../../src/speech/tts/espeak.ts";

/** A telephone of somebody else's making. */
export interface Phone {
  /** Calls a SIP URI. */
  dial(uri: string): void;
  hangUp(): void;
  press(digit: string): void;
  hold(): void;
  resume(): void;
  /** What it has heard so far, from the beginning of the call. */
  heard(): Promise<Speech>;
  /** what it said of itself */
  output(): string;
  stop(): Promise<void>;
}

export interface PhoneOptions {
  /** for its configuration and recordings */
  folder: string;
  /** E.164: who it is */
  number: string;
  sipPort: number;
  rtpPort: number;
  /** what is said into it, over and over or once; a WAV file of 8,000 Hz */
  microphone: string;
  /** what it says when it is asked who it is */
  credentials?: { username: string; password: string } | undefined;
}

const WAV_HEADER_BYTES = 44;

/** 16 bit mono. */
export function writeWav(samples: Int16Array, sampleRateHz: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

/** Reads a recording that is still being written: its header does not know its length yet, or is not there at all. */
export function readWav(bytes: Buffer): Speech {
  const data = bytes.indexOf("data");
  const hasHeader = data !== -1 && data < 200;
  const body = bytes.subarray(hasHeader ? data + 8 : WAV_HEADER_BYTES);
  const samples = new Int16Array(Math.floor(body.length / 2));
  for (let index = 0; index < samples.length; index++) samples[index] = body.readInt16LE(index * 2);
  return { samples, sampleRateHz: hasHeader ? bytes.readUInt32LE(24) : 8_000 };
}

const FRAME_MS = 20;
/** Pauses inside of what is said belong to it. */
const LONGEST_PAUSE_MS = 1_200;

/** How long somebody speaks: from the first loud frame to the last before a long silence. */
export function voicedMs({ samples, sampleRateHz }: Speech): number {
  const frameSamples = (sampleRateHz * FRAME_MS) / 1_000;
  let first: number | undefined;
  let last = 0;
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    const atMs = (at / sampleRateHz) * 1_000;
    if (!samples.subarray(at, at + frameSamples).some((sample) => Math.abs(sample) > 500)) continue;
    if (first !== undefined && atMs - last > LONGEST_PAUSE_MS) break;
    first ??= atMs;
    last = atMs + FRAME_MS;
  }
  return first === undefined ? 0 : last - first;
}
