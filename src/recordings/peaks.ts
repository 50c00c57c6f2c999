import { WAV_HEADER_BYTES } from "../telephony/rtp/wav.ts";

/** How loud a recording is, for a picture of it: of each part the loudest moment, from 0 to 1. */
export interface Peaks {
  durationMs: number;
  /** left */
  caller: number[];
  /** right */
  assistant: number[];
}

const BYTES_PER_SAMPLE = 2;
const CHANNELS = 2;
const BYTES_PER_MOMENT = CHANNELS * BYTES_PER_SAMPLE;
const LOUDEST = 32_768;

/**
 * Reads a recording's bytes once, in whatever pieces they come, and remembers what the picture needs.
 *
 * @param sizeBytes  of the whole file, its header included
 * @param count      how many parts; a recording of fewer moments has fewer
 */
export function createPeaksReader(
  sizeBytes: number,
  count: number,
): { push(bytes: Buffer): void; result(): Peaks } {
  const moments = Math.max(0, Math.floor((sizeBytes - WAV_HEADER_BYTES) / BYTES_PER_MOMENT));
  const parts = Math.min(count, moments);
  const loudest = [new Float64Array(parts), new Float64Array(parts)] as const;
  let header = Buffer.alloc(0);
  let rest = Buffer.alloc(0);
  let moment = 0;

  function readMoments(bytes: Buffer): void {
    const whole = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    const end = whole.length - (whole.length % BYTES_PER_MOMENT);
    for (let at = 0; at < end && moment < moments; at += BYTES_PER_MOMENT, moment++) {
      const part = Math.floor((moment * parts) / moments);
      for (const [channel, peaks] of loudest.entries()) {
        const level = Math.abs(whole.readInt16LE(at + channel * BYTES_PER_SAMPLE));
        if (level > peaks[part]!) peaks[part] = level;
      }
    }
    rest = Buffer.from(whole.subarray(end));
  }

  return {
    push(bytes) {
      const missing = WAV_HEADER_BYTES - header.length;
      if (missing > 0) header = Buffer.concat([header, bytes.subarray(0, missing)]);
      if (bytes.length > missing) readMoments(missing > 0 ? bytes.subarray(missing) : bytes);
    },
    result() {
      const sampleRateHz = header.length === WAV_HEADER_BYTES ? header.readUInt32LE(24) : 0;
      const [caller, assistant] = loudest.map((peaks) =>
        Array.from(peaks, (level) => Math.round((level / LOUDEST) * 1_000) / 1_000),
      );
      return {
        durationMs: sampleRateHz === 0 ? 0 : Math.round((moments / sampleRateHz) * 1_000),
        caller: caller!,
        assistant: assistant!,
      };
    },
  };
}
