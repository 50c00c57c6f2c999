import { decodeG711, encodeG711, type G711Codec } from "./g711.ts";
import { createOpusCodec } from "./opus.ts";
import { RTP_CODECS, type CodecName } from "./rtp-codecs.ts";

/**
 * One stream's codec between frames of telephone audio (8 kHz, mono) and RTP payloads. It may have a memory: one for each
 * session, and closed with it.
 */
export interface AudioCodec {
  readonly clockRateHz: number;
  /** what a frame of 20 ms can become at most */
  readonly mostFrameBytes: number;
  /** @returns how many bytes were written; 0: there is nothing to send for this frame */
  encode(frame: Int16Array, into: Uint8Array): number;
  /** @returns any number of samples at 8 kHz; undefined when the payload is not one of this codec */
  decode(payload: Uint8Array): Int16Array | undefined;
  close(): void;
}

const G711: Record<G711Codec, AudioCodec> = { PCMU: g711("PCMU"), PCMA: g711("PCMA") };

export function createAudioCodec(name: CodecName): AudioCodec {
  return name === "opus" ? createOpusCodec() : G711[name];
}

/** Without memory: all sessions share it. */
function g711(name: G711Codec): AudioCodec {
  return {
    clockRateHz: RTP_CODECS[name].clockRateHz,
    mostFrameBytes: 160,
    encode(frame, into) {
      encodeG711(name, frame, into);
      return frame.length;
    },
    decode: (payload) => decodeG711(name, payload),
    close: () => undefined,
  };
}
