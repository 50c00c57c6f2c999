import type { AudioCodec } from "./audio-codec.ts";
import { decodeG711, encodeG711, type G711Codec } from "./g711.ts";
import { createOpusCodec } from "./opus.ts";
import { RTP_CODECS, type CodecName } from "./rtp-codecs.ts";

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
