import { createHmac, timingSafeEqual } from "node:crypto";
import { isIPv6 } from "node:net";
import { crc32 } from "node:zlib";
import {
  BINDING_REQUEST,
  BINDING_SUCCESS,
  HEADER_BYTES,
  MAGIC_COOKIE,
  readAttributes,
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
const MESSAGE_INTEGRITY = 0x0008;
const USE_CANDIDATE = 0x0025;
const FINGERPRINT = 0x8028;
const INTEGRITY_BYTES = 20;
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
    isSignedWith: (password) => timingSafeEqual(integrity, sign(message.subarray(0, signedBytes), password)),
  };
}

/** @param from  where the check came from, which is what the browser wants to know */
export function writeIceAnswer(check: IceCheck, password: string, from: UdpAddress): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(BINDING_SUCCESS, 0);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  check.transactionId.copy(header, 8);
  const mapped = attribute(XOR_MAPPED_ADDRESS, xorAddress(from, header));
  const unsigned = Buffer.concat([header, mapped]);
  const signed = Buffer.concat([unsigned, attribute(MESSAGE_INTEGRITY, sign(unsigned, password))]);
  // The length covers the fingerprint before it is there (14.7).
  signed.writeUInt16BE(signed.length - HEADER_BYTES + 8, 2);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(signed) ^ FINGERPRINT_MASK) >>> 0);
  return Buffer.concat([signed, attribute(FINGERPRINT, fingerprint)]);
}

/** Over the message so far, with the length as if the signature ended it (14.5). */
function sign(message: Buffer, password: string): Buffer {
  const header = Buffer.from(message.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(message.length - HEADER_BYTES + 4 + INTEGRITY_BYTES, 2);
  return createHmac("sha1", password).update(header).update(message.subarray(HEADER_BYTES)).digest();
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

function xorAddress({ address, port }: UdpAddress, header: Buffer): Buffer {
  const bytes = isIPv6(address) ? ipv6Bytes(address) : Buffer.from(address.split(".").map(Number));
  const value = Buffer.alloc(4 + bytes.length);
  value[1] = bytes.length === 16 ? 2 : 1;
  value.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2);
  // With the cookie and the transaction id behind it (14.2).
  bytes.forEach((byte, index) => (value[4 + index] = byte ^ header[4 + index]!));
  return value;
}

function ipv6Bytes(address: string): Buffer {
  // The URL parser writes an address in hexadecimal, whatever form it came in.
  const host = new URL(`http://[${address.split("%")[0]}]`).hostname.slice(1, -1);
  const [before = "", after] = host.split("::");
  const groups = (part: string | undefined) => (part ? part.split(":") : []);
  const [head, tail] = [groups(before), groups(after)];
  const zeros = Array<string>(8 - head.length - tail.length).fill("0");
  const bytes = Buffer.alloc(16);
  [...head, ...zeros, ...tail].forEach((group, index) =>
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2),
  );
  return bytes;
}
