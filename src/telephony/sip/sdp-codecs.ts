import type { MediaDescription } from "sdp-transform";
import { RTP_CODECS, type CodecName } from "../codec/rtp-codecs.ts";

/** Payload types of an m-line. Pure. */
export interface ChosenCodec {
  name: CodecName;
  payloadType: number;
}

interface Audio {
  /** A number where there is one type only, whatever the library's own types say. */
  payloads?: string | number;
  rtp: MediaDescription["rtp"];
}

/** In the offerer's order of preference. The static types need no rtpmap line (RFC 3551, 6). */
export function chooseCodec(audio: Audio): ChosenCodec | undefined {
  const payloads = String(audio.payloads ?? "").split(/\s+/);
  for (const payloadType of payloads.map(Number)) {
    // RFC 3550, 5.1: seven bits.
    if (payloadType > 127) continue;
    const name = codecNamed(audio, payloadType);
    if (name) return { name, payloadType };
  }
  return undefined;
}

function codecNamed({ rtp }: Audio, payloadType: number): CodecName | undefined {
  const map = rtp.find((entry) => entry.payload === payloadType);
  const codecs = Object.values(RTP_CODECS);
  // Types from 96 on mean nothing without a map.
  if (!map) return codecs.find((codec) => codec.payloadType === payloadType && payloadType < 96)?.name;
  const rateHz = map.rate ?? 8_000;
  return codecs.find(({ name, clockRateHz }) => name.toLowerCase() === codecOf(map) && clockRateHz === rateHz)
    ?.name;
}

export interface TelephoneEvent {
  payloadType: number;
  clockRateHz: number;
}

/** That of the codec's own clock (RFC 4733, 2.1); peers that offer Opus with the 8,000 of old alone mean the same stream. */
export function chooseTelephoneEvent({ rtp }: Audio, codec: CodecName): TelephoneEvent | undefined {
  const events = rtp
    .filter((entry) => codecOf(entry) === "telephone-event" && entry.payload <= 127)
    .map((entry) => ({ payloadType: entry.payload, clockRateHz: entry.rate ?? 8_000 }));
  const withRate = (rateHz: number) => events.find(({ clockRateHz }) => clockRateHz === rateHz);
  return withRate(RTP_CODECS[codec].clockRateHz) ?? withRate(8_000);
}

/** The library reads a name of digits as a number, and of a line that it cannot read makes an entry without one. */
function codecOf(entry: { codec: unknown }): string {
  return typeof entry.codec === "string" ? entry.codec.toLowerCase() : "";
}
