import { timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import {
  BINDING_REQUEST,
  BINDING_SUCCESS,
  HEADER_BYTES,
  INTEGRITY_BYTES,
  integrityOf,
  MAGIC_COOKIE,
  MESSAGE_INTEGRITY,
  readAttributes,
  withIntegrity,
  writeAttribute,
  writeXorAddress,
  XOR_MAPPED_ADDRESS,
} from "../../telephony/nat/stun-message.ts";

/** Connectivity checks as an ICE-lite agent gets and answers them (RFC 8445, 2.5; RFC 8489). Pure. */
export interface IceCheck {
  /** the part of the user name that is ours */
  localUfrag: string;
  /** the browser has chosen this path */
  isNominating: boolean;
  transactionId: Buffer;
  /** Whether it comes from somebody who has read our description. */
  isSignedWith(password: string): boolean;
}

export interface UdpAddress {
  address: string;
  port: number;
}

const USERNAME = 0x0006;
const USE_CANDIDATE = 0x0025;
const FINGERPRINT = 0x8028;
/** RFC 8489, 14.7 */
const FINGERPRINT_MASK = 0x5354554e;

/** What kind of datagram it is, by its first byte (RFC 7983). */
export function kindOf(datagram: Buffer): "stun" | "dtls" | "rtp" | "unknown" {
  const first = datagram[0];
  if (first === undefined) return "unknown";
  if (first <= 3) return "stun";
  if (first >= 20 && first <= 63) return "dtls";
  return first >= 128 && first <= 191 ? "rtp" : "unknown";
}

/** @returns undefined: not a check, or cut off */
export function readIceCheck(message: Buffer): IceCheck | undefined {
  if (
    message.length < HEADER_BYTES ||
    message.readUInt16BE(0) !== BINDING_REQUEST ||
    message.readUInt32BE(4) !== MAGIC_COOKIE ||
    message.length !== HEADER_BYTES + message.readUInt16BE(2)
  )
    return undefined;
  const attributes = readAttributes(message);
  const [localUfrag] = attributes.get(USERNAME)?.toString("utf8").split(":") ?? [];
  const integrity = attributes.get(MESSAGE_INTEGRITY);
  if (!localUfrag || integrity?.length !== INTEGRITY_BYTES) return undefined;
  // The attribute is a view of the message: where it begins is where what is signed ends.
  const signedBytes = integrity.byteOffset - message.byteOffset - 4;
  return {
    localUfrag,
    isNominating: attributes.has(USE_CANDIDATE),
    transactionId: message.subarray(8, HEADER_BYTES),
    isSignedWith: (password) =>
      timingSafeEqual(integrity, integrityOf(message.subarray(0, signedBytes), password)),
  };
}

/** @param from  where the check came from, which is what the browser wants to know */
export function writeIceAnswer(check: IceCheck, password: string, from: UdpAddress): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(BINDING_SUCCESS, 0);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  check.transactionId.copy(header, 8);
  const mapped = writeAttribute(XOR_MAPPED_ADDRESS, writeXorAddress(from, header));
  const signed = withIntegrity(Buffer.concat([header, mapped]), password);
  // The length covers the fingerprint before it is there (14.7).
  signed.writeUInt16BE(signed.length - HEADER_BYTES + 8, 2);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(signed) ^ FINGERPRINT_MASK) >>> 0);
  return Buffer.concat([signed, writeAttribute(FINGERPRINT, fingerprint)]);
}
