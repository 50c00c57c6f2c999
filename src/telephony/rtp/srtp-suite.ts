/**
 * The crypto suites of SDES (RFC 4568, 6.2; RFC 6188), all of them AES in counter mode with HMAC-SHA1: what nearly every
 * phone, PBX and trunk speaks. Pure.
 */
export type SrtpSuite =
  | "AES_CM_128_HMAC_SHA1_80"
  | "AES_CM_128_HMAC_SHA1_32"
  | "AES_256_CM_HMAC_SHA1_80"
  | "AES_256_CM_HMAC_SHA1_32";

/** The keys of one stream each way, as plain data. */
export interface SrtpParameters {
  suite: SrtpSuite;
  /** ours: master key and salt behind one another, in base64, as SDP writes them */
  sendKey: string;
  /** the peer's */
  receiveKey: string;
}

/** RFC 3711, 8.2: 112 bits of salt, whatever the key's length */
export const SALT_BYTES = 14;

const SUITES: Record<SrtpSuite, { keyBytes: number; tagBytes: number }> = {
  AES_CM_128_HMAC_SHA1_80: { keyBytes: 16, tagBytes: 10 },
  AES_CM_128_HMAC_SHA1_32: { keyBytes: 16, tagBytes: 4 },
  AES_256_CM_HMAC_SHA1_80: { keyBytes: 32, tagBytes: 10 },
  AES_256_CM_HMAC_SHA1_32: { keyBytes: 32, tagBytes: 4 },
};

export function isSrtpSuite(name: string): name is SrtpSuite {
  return Object.hasOwn(SUITES, name);
}

export function keyBytesOf(suite: SrtpSuite): number {
  return SUITES[suite].keyBytes;
}

export function tagBytesOf(suite: SrtpSuite): number {
  return SUITES[suite].tagBytes;
}
