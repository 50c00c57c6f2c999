import { isSrtpSuite, keyBytesOf, SALT_BYTES, type SrtpSuite } from "../rtp/srtp-suite.ts";

/** Keys in SDP: `a=crypto` (SDES, RFC 4568). Pure. */
export interface CryptoLine {
  /** names the line in the answer; up to nine digits */
  tag: number;
  suite: SrtpSuite;
  /** master key and salt of whoever wrote the line, in base64 */
  key: string;
}

/** A line as sdp-transform reads and writes it: of a word of digits it makes a number, whatever its types say. */
interface WrittenCrypto {
  id: number;
  suite: string | number;
  config: string | number;
  sessionConfig?: string | number;
}

/**
 * Ours, best first. 128 bits stand first because every implementation has to know that suite (RFC 4568, 6.2.1), and
 * some read the first line alone; the short tags are taken when offered, not offered.
 */
export const OFFERED_SUITES: readonly SrtpSuite[] = ["AES_CM_128_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_80"];

/** The lines that we can obey, in the writer's order of preference. */
export function readCryptoLines(lines: readonly WrittenCrypto[] | undefined): CryptoLine[] {
  return (lines ?? []).flatMap((line) => readCryptoLine(line) ?? []);
}

/**
 * A lifetime is read past: it limits what the peer sends. A line with an MKI, with several keys, or with parameters that
 * change what goes over the wire (no encryption, no tag, re-derived keys) is as good as not there: to take it and do
 * otherwise would be silence on one side (RFC 4568, 6.3.7).
 */
function readCryptoLine({
  id,
  suite: written,
  config,
  sessionConfig,
}: WrittenCrypto): CryptoLine | undefined {
  const suite = String(written).toUpperCase();
  const key = /^inline:([A-Za-z0-9+/]+={0,2})(?:\|(?:2\^\d+|\d+))?$/i.exec(String(config).trim())?.[1];
  const isChanged = String(sessionConfig ?? "")
    .split(/\s+/)
    .some((parameter) => parameter !== "" && !/^(?:WSH=|-)/i.test(parameter));
  if (!isSrtpSuite(suite) || !key || isChanged || !Number.isInteger(id)) return undefined;
  if (Buffer.from(key, "base64").length !== keyBytesOf(suite) + SALT_BYTES) return undefined;
  return { tag: id, suite, key };
}

export function writeCryptoLines(
  lines: readonly CryptoLine[],
): { id: number; suite: string; config: string }[] {
  return lines.map(({ tag, suite, key }) => ({ id: tag, suite, config: `inline:${key}` }));
}
