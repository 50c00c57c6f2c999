import { encodeG711 } from "../../src/telephony/codec/g711.ts";

/** The benches' own look at µ-law audio: what is sent, and whether what arrives is somebody speaking. */
export const FRAME_BYTES = 160;

/** Louder than any line noise, softer than any voice. */
const LOUD = 600;

const isLoudByte = Uint8Array.from({ length: 256 }, (_, byte) => (Math.abs(decode(byte)) > LOUD ? 1 : 0));

/** ITU-T G.711, written out: what measures the product does not use the product's reading of it. */
function decode(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7);
  return bits & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

export function isLoud(payload: Uint8Array): boolean {
  for (const byte of payload) if (isLoudByte[byte] === 1) return true;
  return false;
}

/** Samples at 8,000 a second as frames of 20 ms; what is left over at the end is dropped. */
export function framesOf(samples: Int16Array): Uint8Array[] {
  const bytes = encodeG711("PCMU", samples);
  return Array.from({ length: Math.floor(bytes.length / FRAME_BYTES) }, (_, index) =>
    bytes.slice(index * FRAME_BYTES, (index + 1) * FRAME_BYTES),
  );
}
