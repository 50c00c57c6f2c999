import { parse, write, type MediaDescription } from "sdp-transform";
import { RTP_CODECS } from "../../telephony/codec/rtp-codecs.ts";
import type { Fingerprint } from "./certificate.ts";
import { MOST_MESSAGE_BYTES, SCTP_PORT } from "./data-channels.ts";
import type { IceCredentials } from "./ice-agent.ts";

/** Descriptions between a room and a browser (RFC 8829): one audio stream each way, and data channels. Pure. */
export interface LocalPeer extends IceCredentials {
  /** SHA-256 of our certificate */
  fingerprint: string;
  candidates: readonly LocalCandidate[];
  /** o= line: the same id for the connection's life, a version that grows with each description */
  sessionId: number;
  version: number;
}

/** An address of ours that the browser may reach, best first. */
export interface LocalCandidate {
  address: string;
  port: number;
}

/** What the assistant's track is called. */
export interface OfferedTrack {
  /** `<participant sid>|<track sid>`, by which the client knows whose it is */
  streamId: string;
  trackSid: string;
  ssrc: number;
}

export type ReadDescriptionResult =
  | { outcome: "usable"; description: RemoteDescription }
  | { outcome: "unusable"; problem: string };

export interface RemoteDescription {
  session: ParsedSdp;
  fingerprints: Fingerprint[];
  /** of the first m-line that has one: all share a transport */
  ufrag: string | undefined;
  /** the m-line with the caller's voice, if there is one */
  microphone: RemoteAudio | undefined;
}

export interface RemoteAudio {
  mid: string;
  payloadType: number;
  /** empty: any */
  ssrcs: number[];
  /** the id of the browser's track, where it says it */
  trackId: string | undefined;
  /** header extension with the audio's level (RFC 6464) */
  levelExtensionId: number | undefined;
}

type ParsedSdp = ReturnType<typeof parse>;
type SdpMedia = ParsedSdp["media"][number];

const LEVEL_URI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
export const OFFERED_PAYLOAD_TYPE = RTP_CODECS.opus.payloadType;
const AUDIO_PROTOCOL = "UDP/TLS/RTP/SAVPF";
const DATA_PROTOCOL = "UDP/DTLS/SCTP";
/** RFC 8445, 5.1.2: a host candidate's type preference, and the component in the last byte. */
const HOST_PREFERENCE = 126;

/** Reads an offer of the browser's, or its answer to ours. */
export function readDescription(text: string): ReadDescriptionResult {
  let session: ParsedSdp;
  try {
    session = parse(text);
  } catch (error) {
    return { outcome: "unusable", problem: `it cannot be read: ${(error as Error).message}` };
  }
  const fingerprints = [session.fingerprint, ...session.media.map(({ fingerprint }) => fingerprint)]
    .filter((each) => each !== undefined)
    .map(({ type, hash }) => ({ algorithm: type, value: hash }));
  if (fingerprints.length === 0) return { outcome: "unusable", problem: "it names no certificate" };
  const microphone = session.media.findLast((media) => isSending(media) && opusOf(media) !== undefined);
  return {
    outcome: "usable",
    description: {
      session,
      fingerprints: unique(fingerprints),
      ufrag: session.iceUfrag ?? session.media.find(({ iceUfrag }) => iceUfrag !== undefined)?.iceUfrag,
      microphone: microphone && toRemoteAudio(microphone),
    },
  };
}

/**
 * The answer to a browser's offer: its microphone and its data channels are taken, everything else (video, a second audio
 * track) is refused by port 0.
 */
export function writeAnswer({ session, microphone }: RemoteDescription, local: LocalPeer): string {
  const mids: string[] = [];
  const media = session.media.map((offered) => {
    const mid = midOf(offered);
    const isTaken = offered.type === "application" || (microphone !== undefined && mid === microphone.mid);
    // One that sends nothing just now keeps its place: the microphone comes back in it.
    const isIdle = offered.type === "audio" && !isSending(offered) && opusOf(offered) !== undefined;
    if (offered.port === 0 || (!isTaken && !isIdle)) return refusedLine(offered);
    mids.push(mid);
    if (offered.type === "application") return dataLine(mid, local, "passive");
    const extension = levelExtensionOf(offered);
    return {
      ...audioLine(mid, opusOf(offered)!, local, "passive"),
      direction: isTaken ? ("recvonly" as const) : ("inactive" as const),
      ...(extension !== undefined && { ext: [{ value: extension, uri: LEVEL_URI }] }),
    };
  });
  return write({ ...sessionLines(local, mids), media });
}

/** Our offer: the assistant's track, and the data channels. */
export function writeOffer(track: OfferedTrack, local: LocalPeer): string {
  const audio = audioLine("0", OFFERED_PAYLOAD_TYPE, local, "actpass");
  return write({
    ...sessionLines(local, ["0", "1"]),
    media: [
      {
        ...audio,
        direction: "sendonly",
        msid: [{ id: track.streamId, appdata: track.trackSid }],
        ssrcs: [
          { id: track.ssrc, attribute: "cname", value: "switchhook" },
          { id: track.ssrc, attribute: "msid", value: `${track.streamId} ${track.trackSid}` },
        ],
      },
      dataLine("1", local, "actpass"),
    ],
  });
}

function sessionLines({ sessionId, version }: LocalPeer, mids: readonly string[]) {
  return {
    version: 0,
    origin: {
      username: "-",
      sessionId,
      sessionVersion: version,
      netType: "IN",
      ipVer: 4 as const,
      address: "127.0.0.1",
    },
    name: "-",
    timing: { start: 0, stop: 0 },
    icelite: "ice-lite" as const,
    groups: [{ type: "BUNDLE", mids: mids.join(" ") }],
    extmapAllowMixed: "extmap-allow-mixed" as const,
    msidSemantic: { semantic: "WMS", token: "*" },
  };
}

type OwnLine = Omit<SdpMedia, "payloads"> & { payloads: string };

function transportLines(local: LocalPeer, setup: "actpass" | "passive") {
  return {
    connection: { version: 4 as const, ip: "0.0.0.0" },
    iceUfrag: local.ufrag,
    icePwd: local.password,
    fingerprint: { type: "sha-256", hash: local.fingerprint },
    setup,
    candidates: local.candidates.map(({ address, port }, index) => ({
      foundation: String(index + 1),
      component: 1,
      transport: "udp",
      priority: HOST_PREFERENCE * 2 ** 24 + (65_535 - index) * 2 ** 8 + 255,
      ip: address,
      port,
      type: "host",
    })),
    endOfCandidates: "end-of-candidates" as const,
  };
}

function audioLine(
  mid: string,
  payloadType: number,
  local: LocalPeer,
  setup: "actpass" | "passive",
): OwnLine {
  const { name, clockRateHz, channels } = RTP_CODECS.opus;
  return {
    type: "audio",
    port: 9,
    protocol: AUDIO_PROTOCOL,
    payloads: String(payloadType),
    ...transportLines(local, setup),
    mid,
    rtcpMux: "rtcp-mux",
    rtp: [{ payload: payloadType, codec: name, rate: clockRateHz, encoding: channels! }],
    fmtp: [
      {
        payload: payloadType,
        // Telephone audio inside (decision 0026): the browser is told what is heard of it, and that losses are repaired.
        config: "minptime=10;useinbandfec=1;stereo=0;maxplaybackrate=16000",
      },
    ],
  };
}

function dataLine(mid: string, local: LocalPeer, setup: "actpass" | "passive"): OwnLine {
  return {
    type: "application",
    port: 9,
    protocol: DATA_PROTOCOL,
    payloads: "webrtc-datachannel",
    ...transportLines(local, setup),
    mid,
    rtp: [],
    fmtp: [],
    sctpPort: SCTP_PORT,
    maxMessageSize: MOST_MESSAGE_BYTES,
  };
}

function refusedLine(offered: SdpMedia): OwnLine {
  const { type, protocol, payloads } = offered;
  return {
    type,
    port: 0,
    protocol,
    payloads: payloads ?? "0",
    ...(offered.mid !== undefined && { mid: midOf(offered) }),
    direction: "inactive" as const,
    rtp: [],
    fmtp: [],
  };
}

function toRemoteAudio(media: SdpMedia): RemoteAudio {
  const { msid } = media as MediaDescription & { msid?: { id: string; appdata?: string }[] };
  return {
    mid: midOf(media),
    payloadType: opusOf(media)!,
    ssrcs: unique((media.ssrcs ?? []).map(({ id }) => id)),
    trackId: msid?.[0]?.appdata,
    levelExtensionId: levelExtensionOf(media),
  };
}

/** Whatever the types say, the parser makes a number of one that looks like one. */
function midOf(media: SdpMedia): string {
  const mid = media.mid as string | number | undefined;
  return String(mid ?? "");
}

function isSending({ type, port, direction }: SdpMedia): boolean {
  return (
    type === "audio" && port > 0 && (direction === undefined || ["sendrecv", "sendonly"].includes(direction))
  );
}

function opusOf({ type, rtp }: SdpMedia): number | undefined {
  if (type !== "audio") return undefined;
  return rtp.find(({ codec, rate }) => codec.toLowerCase() === "opus" && rate === RTP_CODECS.opus.clockRateHz)
    ?.payload;
}

function levelExtensionOf({ ext }: SdpMedia): number | undefined {
  return ext?.find(({ uri }) => uri === LEVEL_URI)?.value;
}

function unique<T>(values: readonly T[]): T[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}
