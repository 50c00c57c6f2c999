import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import { addressBytes } from "../address-bytes.ts";

/** STUN binding requests and their answers (RFC 8489), as far as finding one's own address and ICE need them. Pure. */
export interface StunAddress {
  address: string;
  port: number;
}

export type StunAnswer =
  | {
      outcome: "mapped";
      /** where the server saw the request come from */
      mapped: StunAddress;
      /** another address and port of the server's, where it has one (RFC 5780, 7.4) */
      other: StunAddress | undefined;
    }
  | { outcome: "error"; code: number }
  /** none of STUN, or the answer to another request */
  | { outcome: "foreign" };

export const MAGIC_COOKIE = 0x2112a442;
export const HEADER_BYTES = 20;
export const TRANSACTION_ID_BYTES = 12;

export const BINDING_REQUEST = 0x0001;
export const BINDING_SUCCESS = 0x0101;
const BINDING_ERROR = 0x0111;

const MAPPED_ADDRESS = 0x0001;
const ERROR_CODE = 0x0009;
export const XOR_MAPPED_ADDRESS = 0x0020;
const OTHER_ADDRESS = 0x802c;
export const MESSAGE_INTEGRITY = 0x0008;
export const INTEGRITY_BYTES = 20;

export function writeBindingRequest(transactionId: Buffer): Buffer {
  const message = Buffer.alloc(HEADER_BYTES);
  message.writeUInt16BE(BINDING_REQUEST, 0);
  message.writeUInt32BE(MAGIC_COOKIE, 4);
  transactionId.copy(message, 8);
  return message;
}

export function readBindingAnswer(message: Buffer, transactionId: Buffer): StunAnswer {
  const isOurs =
    message.length >= HEADER_BYTES &&
    message.readUInt32BE(4) === MAGIC_COOKIE &&
    message.subarray(8, HEADER_BYTES).equals(transactionId) &&
    message.length >= HEADER_BYTES + message.readUInt16BE(2);
  if (!isOurs) return { outcome: "foreign" };
  const type = message.readUInt16BE(0);
  const attributes = readAttributes(message);
  if (type === BINDING_ERROR) {
    const value = attributes.get(ERROR_CODE);
    return { outcome: "error", code: value && value.length >= 4 ? value[2]! * 100 + value[3]! : 0 };
  }
  if (type !== BINDING_SUCCESS) return { outcome: "foreign" };
  const xored = attributes.get(XOR_MAPPED_ADDRESS);
  const plain = attributes.get(MAPPED_ADDRESS);
  // Servers from before RFC 5389 know the plain one alone.
  const mapped = xored ? readAddress(mask(xored, message)) : plain && readAddress(plain);
  if (!mapped) return { outcome: "foreign" };
  const other = attributes.get(OTHER_ADDRESS);
  return { outcome: "mapped", mapped, other: other && readAddress(other) };
}

/** The first of each kind (14); one that is cut off ends the reading. */
export function readAttributes(message: Buffer): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  const end = HEADER_BYTES + message.readUInt16BE(2);
  for (let at = HEADER_BYTES; at + 4 <= end;) {
    const type = message.readUInt16BE(at);
    const length = message.readUInt16BE(at + 2);
    if (at + 4 + length > end) break;
    if (!attributes.has(type)) attributes.set(type, message.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return attributes;
}

/** To stand behind a message, whose length does not know of it yet. */
export function writeAttribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

/** The value of MESSAGE-INTEGRITY: over the message so far, with the length as if the signature ended it (14.5). */
export function integrityOf(message: Buffer, password: string): Buffer {
  const header = Buffer.from(message.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(message.length - HEADER_BYTES + 4 + INTEGRITY_BYTES, 2);
  return createHmac("sha1", password).update(header).update(message.subarray(HEADER_BYTES)).digest();
}

/** @param message  with attributes behind it; its length is set */
export function withIntegrity(message: Buffer, password: string): Buffer {
  const signed = Buffer.concat([message, writeAttribute(MESSAGE_INTEGRITY, integrityOf(message, password))]);
  signed.writeUInt16BE(signed.length - HEADER_BYTES, 2);
  return signed;
}

/** @param message  the value is for; its header is enough */
export function writeXorAddress({ address, port }: StunAddress, message: Buffer): Buffer {
  const bytes = addressBytes(address);
  const value = Buffer.alloc(4 + bytes.length);
  value[1] = bytes.length === 16 ? 2 : 1;
  value.writeUInt16BE(port, 2);
  bytes.copy(value, 4);
  return mask(value, message);
}

/** Port with the cookie's upper half, address with the cookie and the transaction id (14.2); and back. */
function mask(value: Buffer, message: Buffer): Buffer {
  const result = Buffer.from(value);
  for (let at = 2; at < result.length; at++) {
    const bits = at < 4 ? message[4 + at - 2]! : message[4 + at - 4]!;
    result[at] = result[at]! ^ bits;
  }
  return result;
}

function readAddress(value: Buffer): StunAddress | undefined {
  if (value.length < 8) return undefined;
  const port = value.readUInt16BE(2);
  if (value[1] === 1) return { address: value.subarray(4, 8).join("."), port };
  if (value[1] !== 2 || value.length < 20) return undefined;
  const groups = Array.from({ length: 8 }, (_, index) => value.readUInt16BE(4 + index * 2).toString(16));
  const address = groups.join(":");
  return isIPv6(address) ? { address, port } : undefined;
}
