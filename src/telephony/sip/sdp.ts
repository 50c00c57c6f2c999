import { isIP } from "node:net";
import { parse, write, type MediaDescription } from "sdp-transform";
import { STATIC_PAYLOAD_TYPES, type G711Codec } from "../codec/g711.ts";
import type { RtpParameters } from "../rtp/rtp-session.ts";

/** SDP offer and answer for one audio stream (RFC 3264, RFC 8866). Pure. */
export type ReadSdpResult =
  | { outcome: "usable"; parameters: RtpParameters; session: ParsedSdp }
  /** not SDP, or nothing in it that we can talk: 488 */
  | { outcome: "unusable"; problem: string };

type ParsedSdp = ReturnType<typeof parse>;
type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** First dynamic type that everybody uses for it; only our own offers choose, an answer repeats the offer's number. */
const OFFERED_TELEPHONE_EVENT = 101;

/** Reads an offer, or an answer to ours: the first G.711 codec that the other side names is taken. */
export function readSdp(text: string): ReadSdpResult {
  let session: ParsedSdp;
  try {
    session = parse(text);
  } catch (error) {
    return { outcome: "unusable", problem: `the SDP cannot be read: ${(error as Error).message}` };
  }
  const audio = session.media.find(isUsableAudio);
  if (!audio) return { outcome: "unusable", problem: "no audio over RTP/AVP is offered" };
  const codec = chooseCodec(audio);
  if (!codec) return { outcome: "unusable", problem: "neither PCMU nor PCMA is offered" };
  const address = audio.connection?.ip ?? session.connection?.ip;
  // A name would have to be resolved, once, before the first packet; no trunk sends one.
  if (!address || isIP(address) === 0)
    return { outcome: "unusable", problem: "no connection address is given" };
  const direction = audio.direction ?? session.direction ?? "sendrecv";
  // The old way to hold (RFC 2543): an address of zeros.
  const isHeldByAddress = address === "0.0.0.0";
  return {
    outcome: "usable",
    session,
    parameters: {
      remote: { address, port: audio.port },
      codec: codec.name,
      payloadType: codec.payloadType,
      telephoneEventPayloadType: telephoneEventOf(audio),
      maySend: !isHeldByAddress && (direction === "sendrecv" || direction === "recvonly"),
      mayReceive: direction === "sendrecv" || direction === "sendonly",
    },
  };
}

export interface LocalMedia {
  address: string;
  port: number;
  /** o= line: the same id for the whole call, a version that grows with each change */
  sessionId: number;
  version: number;
}

/** The answer to an offer that `readSdp` found usable: one m-line for each of the offer's, the unused ones refused by port 0. */
export function writeAnswer(offer: Extract<ReadSdpResult, { outcome: "usable" }>, local: LocalMedia): string {
  const { parameters, session } = offer;
  const chosen = session.media.find(isUsableAudio);
  const direction = directionOf(parameters.maySend, parameters.mayReceive);
  return write({
    ...sessionLines(local),
    media: session.media.map((media) =>
      media === chosen
        ? audioLine(local.port, [{ name: parameters.codec, payloadType: parameters.payloadType }], {
            telephoneEvent: parameters.telephoneEventPayloadType,
            direction,
          })
        : {
            type: media.type,
            port: 0,
            protocol: media.protocol,
            payloads: media.payloads ?? "0",
            rtp: [],
            fmtp: [],
          },
    ),
  });
}

export function writeOffer(
  local: LocalMedia,
  codecs: readonly G711Codec[],
  direction: Direction = "sendrecv",
): string {
  const offered = codecs.map((name) => ({ name, payloadType: STATIC_PAYLOAD_TYPES[name] }));
  return write({
    ...sessionLines(local),
    media: [audioLine(local.port, offered, { telephoneEvent: OFFERED_TELEPHONE_EVENT, direction })],
  });
}

function sessionLines({ address, sessionId, version }: LocalMedia) {
  const ipVer = address.includes(":") ? 6 : 4;
  return {
    version: 0,
    origin: { username: "switchhook", sessionId, sessionVersion: version, netType: "IN", ipVer, address },
    name: "-",
    connection: { version: ipVer, ip: address },
    timing: { start: 0, stop: 0 },
  };
}

function audioLine(
  port: number,
  codecs: readonly { name: G711Codec; payloadType: number }[],
  more: { telephoneEvent: number | undefined; direction: Direction },
): MediaDescription & { type: string; port: number; protocol: string; payloads: string } {
  const events = more.telephoneEvent === undefined ? [] : [more.telephoneEvent];
  return {
    type: "audio",
    port,
    protocol: "RTP/AVP",
    payloads: [...codecs.map(({ payloadType }) => payloadType), ...events].join(" "),
    rtp: [
      ...codecs.map(({ name, payloadType }) => ({ payload: payloadType, codec: name, rate: 8_000 })),
      ...events.map((payload) => ({ payload, codec: "telephone-event", rate: 8_000 })),
    ],
    fmtp: events.map((payload) => ({ payload, config: "0-15" })),
    ptime: 20,
    direction: more.direction,
  };
}

function isUsableAudio(media: { type: string; port: number; protocol: string }): boolean {
  // AVPF differs in feedback only, which nobody is obliged to send.
  return (
    media.type === "audio" && media.port > 0 && media.port <= 65_535 && /^RTP\/AVPF?$/.test(media.protocol)
  );
}

/** In the offerer's order of preference. The static types need no rtpmap line (RFC 3551, 6). */
function chooseCodec(audio: {
  /** A number where there is one type only, whatever the library's own types say. */
  payloads?: string | number;
  rtp: MediaDescription["rtp"];
}): { name: G711Codec; payloadType: number } | undefined {
  const payloads = String(audio.payloads ?? "").split(/\s+/);
  for (const payload of payloads.map(Number)) {
    // RFC 3550, 5.1: seven bits.
    if (payload > 127) continue;
    const map = audio.rtp.find((entry) => entry.payload === payload);
    const name = map ? nameOf(map).toUpperCase() : payload === 0 ? "PCMU" : payload === 8 ? "PCMA" : "";
    if ((name === "PCMU" || name === "PCMA") && (map?.rate ?? 8_000) === 8_000)
      return { name, payloadType: payload };
  }
  return undefined;
}

function telephoneEventOf(audio: MediaDescription): number | undefined {
  return audio.rtp.find(
    (entry) =>
      nameOf(entry).toLowerCase() === "telephone-event" &&
      (entry.rate ?? 8_000) === 8_000 &&
      entry.payload <= 127,
  )?.payload;
}

/** The library reads a name of digits as a number, and of a line that it cannot read makes an entry without one. */
function nameOf(entry: { codec: unknown }): string {
  return typeof entry.codec === "string" ? entry.codec : "";
}

function directionOf(maySend: boolean, mayReceive: boolean): Direction {
  if (maySend) return mayReceive ? "sendrecv" : "sendonly";
  return mayReceive ? "recvonly" : "inactive";
}
