import { isIP } from "node:net";
import { parse, write, type MediaDescription } from "sdp-transform";
import { RTP_CODECS, type CodecName } from "../codec/rtp-codecs.ts";
import type { RtpParameters } from "../rtp/rtp-session.ts";
import { chooseCodec, chooseTelephoneEvent, type ChosenCodec, type TelephoneEvent } from "./sdp-codecs.ts";
import { readCryptoLines, writeCryptoLines, type CryptoLine } from "./sdp-crypto.ts";

/** SDP offer and answer for one audio stream (RFC 3264, RFC 8866). Pure. */
export type ReadSdpResult =
  | {
      outcome: "usable";
      /** without keys: those of an offer are agreed on by `call-media.ts` */
      parameters: RtpParameters;
      session: ParsedSdp;
      /** the m-line that is used */
      audio: SdpMedia;
      /** the keys that it offers and we can use; empty: plain RTP */
      crypto: CryptoLine[];
    }
  /** not SDP, or nothing in it that we can talk: 488 */
  | { outcome: "unusable"; problem: string };

type ParsedSdp = ReturnType<typeof parse>;
type SdpMedia = ParsedSdp["media"][number];
type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** First dynamic type that everybody uses for it; only our own offers choose, an answer repeats the offer's number. */
const OFFERED_TELEPHONE_EVENT = 101;

/** Reads an offer, or an answer to ours: the first codec of ours that the other side names is taken. */
export function readSdp(text: string): ReadSdpResult {
  let session: ParsedSdp;
  try {
    session = parse(text);
  } catch (error) {
    return { outcome: "unusable", problem: `the SDP cannot be read: ${(error as Error).message}` };
  }
  const audio = chooseAudio(session);
  if (!audio)
    return { outcome: "unusable", problem: "no audio over RTP, or over SRTP with a key in SDP, is offered" };
  const codec = chooseCodec(audio);
  if (!codec) return { outcome: "unusable", problem: "none of PCMU, PCMA and opus is offered" };
  const telephoneEvent = chooseTelephoneEvent(audio, codec.name);
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
    audio,
    crypto: readCryptoLines(audio.crypto),
    parameters: {
      remote: { address, port: audio.port },
      codec: codec.name,
      payloadType: codec.payloadType,
      telephoneEventPayloadType: telephoneEvent?.payloadType,
      telephoneEventClockRateHz: telephoneEvent?.clockRateHz,
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

/**
 * The answer to an offer that `readSdp` found usable: one m-line for each of the offer's, the unused ones refused by port 0.
 * @param crypto  our key under the tag of the line that was taken; left out: plain RTP
 */
export function writeAnswer(
  offer: Extract<ReadSdpResult, { outcome: "usable" }>,
  local: LocalMedia,
  crypto?: CryptoLine,
): string {
  const { parameters, session, audio } = offer;
  const direction = directionOf(parameters.maySend, parameters.mayReceive);
  const telephoneEvent = parameters.telephoneEventPayloadType !== undefined && {
    payloadType: parameters.telephoneEventPayloadType,
    clockRateHz: parameters.telephoneEventClockRateHz ?? 8_000,
  };
  return write({
    ...sessionLines(local),
    media: session.media.map((media) =>
      media === audio
        ? audioLine(local.port, [{ name: parameters.codec, payloadType: parameters.payloadType }], {
            // The profile is the offerer's to choose (RFC 3264, 6), also where it puts keys into a plain one.
            protocol: media.protocol,
            telephoneEvent: telephoneEvent || undefined,
            direction,
            crypto: crypto ? [crypto] : [],
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

/** Keys in an offer of ours. `isRequired`: the secure profile; else the plain one with keys, for whoever knows them (RFC 8643). */
export interface OfferedCrypto {
  lines: readonly CryptoLine[];
  isRequired: boolean;
}

export function writeOffer(
  local: LocalMedia,
  codecs: readonly CodecName[],
  direction: Direction = "sendrecv",
  crypto: OfferedCrypto = { lines: [], isRequired: false },
): string {
  const offered = codecs.map((name) => ({ name, payloadType: RTP_CODECS[name].payloadType }));
  const audio = audioLine(local.port, offered, {
    protocol: crypto.isRequired ? "RTP/SAVP" : "RTP/AVP",
    telephoneEvent: { payloadType: OFFERED_TELEPHONE_EVENT, clockRateHz: 8_000 },
    direction,
    crypto: crypto.lines,
  });
  return write({ ...sessionLines(local), media: [audio] });
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
  codecs: readonly ChosenCodec[],
  more: {
    protocol: string;
    telephoneEvent: TelephoneEvent | undefined;
    direction: Direction;
    crypto: readonly CryptoLine[];
  },
): MediaDescription & { type: string; port: number; protocol: string; payloads: string } {
  const events = more.telephoneEvent ? [more.telephoneEvent] : [];
  const fmtp = codecs.flatMap(({ name, payloadType }) => {
    const { fmtp: config } = RTP_CODECS[name];
    return config === undefined ? [] : [{ payload: payloadType, config }];
  });
  return {
    type: "audio",
    port,
    protocol: more.protocol,
    payloads: [...codecs, ...events].map(({ payloadType }) => payloadType).join(" "),
    rtp: [
      ...codecs.map(({ name, payloadType }) => rtpMap(name, payloadType)),
      ...events.map((event) => ({
        payload: event.payloadType,
        codec: "telephone-event",
        rate: event.clockRateHz,
      })),
    ],
    fmtp: [...fmtp, ...events.map(({ payloadType }) => ({ payload: payloadType, config: "0-15" }))],
    ...(more.crypto.length > 0 && { crypto: writeCryptoLines(more.crypto) }),
    ptime: 20,
    direction: more.direction,
  };
}

function rtpMap(codec: CodecName, payload: number): MediaDescription["rtp"][number] {
  const { clockRateHz, channels } = RTP_CODECS[codec];
  return { payload, codec, rate: clockRateHz, ...(channels !== undefined && { encoding: channels }) };
}

/** The secure line where there is one that we can talk; AVPF differs in feedback only, which nobody is obliged to send. */
function chooseAudio({ media }: ParsedSdp): SdpMedia | undefined {
  const audio = media.filter(({ type, port }) => type === "audio" && port > 0 && port <= 65_535);
  const secure = audio.filter(
    ({ protocol, crypto }) => /^RTP\/SAVPF?$/.test(protocol) && readCryptoLines(crypto).length > 0,
  );
  const plain = audio.filter(({ protocol }) => /^RTP\/AVPF?$/.test(protocol));
  return secure.find(chooseCodec) ?? plain.find(chooseCodec) ?? secure[0] ?? plain[0];
}

function directionOf(maySend: boolean, mayReceive: boolean): Direction {
  if (maySend) return mayReceive ? "sendrecv" : "sendonly";
  return mayReceive ? "recvonly" : "inactive";
}
