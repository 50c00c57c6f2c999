import alawmulaw from "alawmulaw";

/** The two codecs of ITU-T G.711, under their RTP names. */
export type G711Codec = "PCMU" | "PCMA";

const { mulaw, alaw } = alawmulaw;
const LAWS = { PCMU: mulaw, PCMA: alaw };

// Every possible value computed once with the library: a frame is then 160 look-ups and no calls.
const DECODED: Record<G711Codec, Int16Array> = { PCMU: decodeAll("PCMU"), PCMA: decodeAll("PCMA") };
const ENCODED: Record<G711Codec, Uint8Array> = { PCMU: encodeAll("PCMU"), PCMA: encodeAll("PCMA") };

export function decodeG711(codec: G711Codec, bytes: Uint8Array): Int16Array {
  const table = DECODED[codec];
  const samples = new Int16Array(bytes.length);
  for (let index = 0; index < bytes.length; index++) samples[index] = table[bytes[index]!]!;
  return samples;
}

/** @param bytes  where to write, at least as long as `samples` */
export function encodeG711(
  codec: G711Codec,
  samples: Int16Array,
  bytes: Uint8Array = new Uint8Array(samples.length),
): Uint8Array {
  const table = ENCODED[codec];
  for (let index = 0; index < samples.length; index++) bytes[index] = table[samples[index]! & 0xffff]!;
  return bytes;
}

function decodeAll(codec: G711Codec): Int16Array {
  const law = LAWS[codec];
  return Int16Array.from({ length: 256 }, (_, byte) => law.decodeSample(byte));
}

function encodeAll(codec: G711Codec): Uint8Array {
  const law = LAWS[codec];
  // Index: the sample's 16 bits read as unsigned.
  return Uint8Array.from({ length: 65_536 }, (_, bits) => law.encodeSample((bits << 16) >> 16));
}
