import { expect, test } from "vitest";
import { createAudioCodec } from "../codec/create-codec.ts";
import { readRtp, writeAudioRtp, writeRtp } from "./rtp-packet.ts";

const header = {
  payloadType: 101,
  sequence: 65_535,
  timestamp: 0xfffffff0,
  ssrc: 0xdeadbeef,
  isMarked: true,
};

test("the library reads what is written here", () => {
  const read = readRtp(writeRtp(header, Uint8Array.of(5, 0x8a, 5, 0)));
  if (read.outcome !== "rtp") throw new Error(read.outcome);
  expect(read.packet.getPayloadType()).toBe(101);
  expect(read.packet.getSequenceNumber()).toBe(65_535);
  expect(read.packet.getTimestamp()).toBe(0xfffffff0);
  expect(read.packet.getSsrc()).toBe(0xdeadbeef);
  expect(read.packet.getMarker()).toBe(true);
  expect([...read.payload]).toEqual([5, 0x8a, 5, 0]);
});

test("audio is encoded into the packet", () => {
  const packet = writeAudioRtp(
    { ...header, payloadType: 0, isMarked: false },
    createAudioCodec("PCMU"),
    new Int16Array(160),
  )!;
  expect(packet).toHaveLength(172);
  expect(packet.subarray(12).every((byte) => byte === 0xff)).toBe(true);
});

test.each<[string, number[], string]>([
  ["nothing", [], "malformed"],
  ["one byte", [0x80], "malformed"],
  ["eleven bytes", Array<number>(11).fill(0x80), "malformed"],
  ["another version", Array<number>(12).fill(0), "malformed"],
  ["an extension that is not there", [0x90, ...Array<number>(11).fill(0)], "malformed"],
  ["more sources than there are", [0x8f, ...Array<number>(11).fill(0)], "malformed"],
  ["padding longer than the packet", [0xa0, ...Array<number>(10).fill(0), 200], "malformed"],
  ["an RTCP sender report", [0x80, 200, ...Array<number>(26).fill(0)], "rtcp"],
])("is not misled by %s", (_sentence, bytes, outcome) => {
  expect(readRtp(Buffer.from(bytes)).outcome).toBe(outcome);
});
