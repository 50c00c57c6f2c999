import { describe, expect, test } from "vitest";
import { writePcap, type CapturedDatagram } from "./pcap.ts";

const v4 = { address: "10.0.0.1", port: 5_060 };
const v6 = { address: "fd00::1", port: 5_061 };

/** Reads a file back as the format's description has it, checking every checksum on the way. */
function readPcap(file: Buffer) {
  expect([file.readUInt32LE(0), file.readUInt16LE(4), file.readUInt16LE(6), file.readUInt32LE(20)]).toEqual([
    0xa1b2c3d4, 2, 4, 101,
  ]);
  const packets = [];
  for (let at = 24; at < file.length;) {
    const [seconds, micros, length, original] = [0, 4, 8, 12].map((offset) => file.readUInt32LE(at + offset));
    const packet = file.subarray(at + 16, at + 16 + length!);
    at += 16 + length!;
    const version = packet[0]! >> 4;
    const headerBytes = version === 4 ? 20 : 40;
    const addresses = version === 4 ? packet.subarray(12, 20) : packet.subarray(8, 40);
    if (version === 4) expect(sumOf([packet.subarray(0, 20)])).toBe(0xffff);
    const udp = packet.subarray(headerBytes);
    if (udp.readUInt16BE(6) !== 0) {
      const pseudo = Buffer.from([0, 0, udp.length >> 8, udp.length & 255, 0, 0, 0, 17]);
      expect(sumOf([addresses, pseudo, udp])).toBe(0xffff);
    }
    packets.push({
      at: seconds! * 1_000 + micros! / 1_000,
      version,
      addresses: addresses.toString("hex"),
      ports: [udp.readUInt16BE(0), udp.readUInt16BE(2)],
      udpLength: udp.readUInt16BE(4),
      ipLength: version === 4 ? packet.readUInt16BE(2) : packet.readUInt16BE(4),
      payload: udp.subarray(8).toString(),
      cutBytes: original! - length!,
    });
  }
  return packets;
}

function sumOf(parts: Buffer[]): number {
  const bytes = Buffer.concat([...parts, Buffer.alloc(1)]);
  let sum = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

test("datagrams in the order of their time", () => {
  const datagram = (at: number, text: string): CapturedDatagram => ({
    at,
    from: v4,
    to: { ...v4, port: 5_062 },
    payload: Buffer.from(text),
  });
  const packets = readPcap(
    writePcap([datagram(1_700_000_000_250.5, "second"), datagram(1_700_000_000_001, "first!!")]),
  );
  expect(packets).toMatchObject([
    {
      at: 1_700_000_000_001,
      version: 4,
      addresses: "0a0000010a000001",
      ports: [5_060, 5_062],
      payload: "first!!",
      udpLength: 15,
      ipLength: 35,
    },
    { at: 1_700_000_000_250.5, payload: "second" },
  ]);
});

describe("addresses", () => {
  test.each([
    ["10.1.2.3", "10.0.0.1", 4, "0a0102030a000001"],
    ["::ffff:10.1.2.3", "10.0.0.1", 4, "0a0102030a000001"],
    [
      "fd00::1",
      "2001:db8:1::2:3",
      6,
      "fd0000000000000000000000000000012001 0db8000100000000000000020003".replace(" ", ""),
    ],
    ["fe80::1%eth0", "::", 6, "fe800000000000000000000000000001".padEnd(64, "0")],
    // One of each kind.
    ["10.1.2.3", "fd00::1", 6, "00000000000000000000ffff0a010203fd000000000000000000000000000001"],
  ])("%s to %s", (from, to, version, addresses) => {
    const [packet] = readPcap(
      writePcap([
        { at: 0, from: { address: from, port: 1 }, to: { address: to, port: 2 }, payload: Buffer.from("x") },
      ]),
    );
    expect(packet).toMatchObject({ version, addresses, payload: "x" });
  });
});

test("of a packet of which only the beginning was kept the length is told", () => {
  const [packet] = readPcap(
    writePcap([{ at: 0, from: v6, to: v6, payload: Buffer.from("head"), fullLength: 172 }]),
  );
  expect(packet).toMatchObject({ payload: "head", udpLength: 180, cutBytes: 168 });
});

test("nothing captured is a file too", () => {
  expect(readPcap(writePcap([]))).toEqual([]);
});
