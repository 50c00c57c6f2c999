import type { G711Codec } from "./g711.ts";

/** What SDP and RTP have to know of a codec (RFC 3551, 6; RFC 7587). Pure data: the signalling side loads no codec. */
export type CodecName = G711Codec | "opus";

export interface RtpCodec {
  /** as in rtpmap; the names are compared without case */
  name: CodecName;
  /** of RTP timestamps, whatever the audio's own rate is */
  clockRateHz: number;
  /** the third part of rtpmap, where the codec has one */
  channels?: number;
  /** Where the type is static it is the same in every call; else what our own offers say, an answer repeats the offer's. */
  payloadType: number;
  fmtp?: string;
}

export const RTP_CODECS: Record<CodecName, RtpCodec> = {
  PCMU: { name: "PCMU", clockRateHz: 8_000, payloadType: 0 },
  PCMA: { name: "PCMA", clockRateHz: 8_000, payloadType: 8 },
  opus: {
    name: "opus",
    clockRateHz: 48_000,
    // Always two in SDP, also where all audio is mono (RFC 7587, 4.1).
    channels: 2,
    payloadType: 111,
    // Ours is telephone audio; a peer that encodes more of the spectrum sends bytes that nobody hears.
    fmtp: "maxplaybackrate=8000;sprop-maxcapturerate=8000;stereo=0",
  },
};
