import { addressBytes } from "./address-bytes.ts";

/**
 * A capture file as tcpdump and Wireshark read it (libpcap's format, link type RAW: each packet begins with its IP header).
 * What came over TCP is shown as datagrams too: the messages are what people look for. Pure.
 */
export interface CapturedDatagram {
  /** Unix milliseconds */
  at: number;
  from: Endpoint;
  to: Endpoint;
  payload: Uint8Array;
  /** of the payload, where only its beginning was kept; default: all of it was */
  fullLength?: number;
}

interface Endpoint {
  address: string;
  port: number;
}

const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const LINK_TYPE_RAW = 101;
const SNAP_LENGTH = 65_535;
const UDP = 17;
const LARGEST_PAYLOAD = 65_535 - 40 - 8;

export function writePcap(datagrams: readonly CapturedDatagram[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(MAGIC_MICROSECONDS, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(SNAP_LENGTH, 16);
  header.writeUInt32LE(LINK_TYPE_RAW, 20);
  const records = datagrams.toSorted((a, b) => a.at - b.at).flatMap(recordOf);
  return Buffer.concat([header, ...records]);
}

function recordOf(datagram: CapturedDatagram): Buffer[] {
  const payload = Buffer.from(datagram.payload).subarray(0, LARGEST_PAYLOAD);
  const missing = Math.max(0, (datagram.fullLength ?? 0) - payload.length);
  const from = addressBytes(datagram.from.address);
  const to = addressBytes(datagram.to.address);
  // One side may say `::ffff:10.0.0.1` where the other says `10.0.0.1`.
  const isV4 = from.length === 4 && to.length === 4;
  const source = isV4 ? from : toV6(from);
  const target = isV4 ? to : toV6(to);

  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(datagram.from.port, 0);
  udp.writeUInt16BE(datagram.to.port, 2);
  udp.writeUInt16BE(8 + payload.length + missing, 4);
  const ip = isV4
    ? ipV4Header(source, target, 8 + payload.length + missing)
    : ipV6Header(source, target, 8 + payload.length + missing);
  // Of a packet that was cut there is no checksum to be had; over IPv4 none is allowed (RFC 768).
  if (missing === 0) udp.writeUInt16BE(udpChecksum(source, target, udp, payload), 6);

  const record = Buffer.alloc(16);
  const capturedLength = ip.length + udp.length + payload.length;
  record.writeUInt32LE(Math.floor(datagram.at / 1_000), 0);
  record.writeUInt32LE(Math.floor((datagram.at % 1_000) * 1_000), 4);
  record.writeUInt32LE(capturedLength, 8);
  record.writeUInt32LE(capturedLength + missing, 12);
  return [record, ip, udp, payload];
}

function ipV4Header(from: Buffer, to: Buffer, lengthBytes: number): Buffer {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(20 + lengthBytes, 2);
  header[8] = 64;
  header[9] = UDP;
  from.copy(header, 12);
  to.copy(header, 16);
  header.writeUInt16BE(checksum([header]), 10);
  return header;
}

function ipV6Header(from: Buffer, to: Buffer, lengthBytes: number): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(lengthBytes, 4);
  header[6] = UDP;
  header[7] = 64;
  from.copy(header, 8);
  to.copy(header, 24);
  return header;
}

/** Over the pseudo header too (RFC 768; RFC 8200, 8.1). 0 would mean "none", so it is written as all ones. */
function udpChecksum(from: Buffer, to: Buffer, udp: Buffer, payload: Buffer): number {
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(udp.length + payload.length, 0);
  pseudo[7] = UDP;
  return checksum([from, to, pseudo, udp, payload]) || 0xffff;
}

/** RFC 1071. All parts but the last have an even length. */
function checksum(parts: readonly Buffer[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at + 1 < part.length; at += 2) sum += part.readUInt16BE(at);
    if (part.length % 2 === 1) sum += part[part.length - 1]! << 8;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return ~sum & 0xffff;
}

function toV6(bytes: Buffer): Buffer {
  return bytes.length === 16 ? bytes : Buffer.concat([Buffer.alloc(10), Buffer.from([0xff, 0xff]), bytes]);
}
