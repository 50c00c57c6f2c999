import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createPacketProtection, type PacketProtection } from "./packet-protection.ts";
import { writeRtp } from "./rtp-packet.ts";
import { createSrtpReceiver, createSrtpSender } from "./srtp-stream.ts";
import type { SrtpParameters, SrtpSuite } from "./srtp-suite.ts";

const SUITES: [SrtpSuite, number, number][] = [
  ["AES_CM_128_HMAC_SHA1_80", 30, 10],
  ["AES_CM_128_HMAC_SHA1_32", 30, 4],
  ["AES_256_CM_HMAC_SHA1_80", 46, 10],
  ["AES_256_CM_HMAC_SHA1_32", 46, 4],
];
const newKey = (bytes = 30) => randomBytes(bytes).toString("base64");
const mirrored = ({ suite, sendKey, receiveKey }: SrtpParameters): SrtpParameters => ({
  suite,
  sendKey: receiveKey,
  receiveKey: sendKey,
});
const parameters = (suite: SrtpSuite = "AES_CM_128_HMAC_SHA1_80", bytes = 30): SrtpParameters => ({
  suite,
  sendKey: newKey(bytes),
  receiveKey: newKey(bytes),
});

function packet(protection: PacketProtection, sequence: number, fill = sequence & 0xff): Buffer {
  const header = { payloadType: 0, sequence, timestamp: sequence * 160, ssrc: 7, isMarked: false };
  const bytes = writeRtp(header, new Uint8Array(160).fill(fill), protection.trailerBytes);
  protection.protect(bytes);
  return bytes;
}
const isHeard = (opened: Buffer | string, fill: number) =>
  typeof opened !== "string" &&
  opened.length === 172 &&
  opened.subarray(12).every((byte) => byte === (fill & 0xff));

describe.each(SUITES)("%s", (suite, keyBytes, tagBytes) => {
  test("both ways, hidden on the wire", () => {
    const ours = parameters(suite, keyBytes);
    const [a, b] = [createPacketProtection(ours), createPacketProtection(mirrored(ours))];
    const onTheWire = packet(a, 1, 0x55);
    expect(onTheWire.length).toBe(172 + tagBytes);
    expect(onTheWire.subarray(12).filter((byte) => byte === 0x55).length).toBeLessThan(20);
    expect(isHeard(b.open(onTheWire), 0x55)).toBe(true);
    expect(isHeard(a.open(packet(b, 9)), 9)).toBe(true);
  });

  test.each([
    ["a bit of the payload", 20],
    ["the sequence number", 3],
    ["the SSRC", 11],
    ["the tag", 172],
  ])("a change of %s is seen", (_what, at) => {
    const ours = parameters(suite, keyBytes);
    const bytes = packet(createPacketProtection(ours), 5);
    bytes[at] = bytes[at]! ^ 1;
    expect(createPacketProtection(mirrored(ours)).open(bytes)).toBe("unauthentic");
  });
});

test("what comes twice is dropped, what comes late is not", () => {
  const ours = parameters();
  const [a, b] = [createPacketProtection(ours), createPacketProtection(mirrored(ours))];
  const [first, second, third] = [packet(a, 1), packet(a, 2), packet(a, 3)];
  expect(isHeard(b.open(Buffer.from(first)), 1)).toBe(true);
  expect(isHeard(b.open(Buffer.from(third)), 3)).toBe(true);
  expect(isHeard(b.open(Buffer.from(second)), 2)).toBe(true);
  for (const repeated of [first, second, third]) expect(b.open(repeated)).toBe("replayed");
});

test("the sequence number wraps, with packets lost and overtaken around it", () => {
  const key = newKey();
  const sender = createSrtpSender("AES_CM_128_HMAC_SHA1_80", key);
  const receiver = createSrtpReceiver("AES_CM_128_HMAC_SHA1_80", key);
  const sent = Array.from({ length: 140_000 }, (_, index) => (65_400 + index) & 0xffff).map((sequence) => {
    const bytes = writeRtp(
      { payloadType: 0, sequence, timestamp: 0, ssrc: 7, isMarked: false },
      Buffer.of(sequence & 0xff),
      10,
    );
    sender.protect(bytes);
    return bytes;
  });
  // Every third is lost, neighbours are swapped.
  const arriving = sent.flatMap((bytes, index) => (index % 3 === 2 ? [] : [bytes]));
  for (let index = 0; index + 1 < arriving.length; index += 2)
    [arriving[index], arriving[index + 1]] = [arriving[index + 1]!, arriving[index]!];
  const refused = arriving.filter((bytes) => typeof receiver.open(bytes) === "string");
  expect(refused).toHaveLength(0);
  expect(receiver.rollovers).toBe(3);
}, 20_000);

describe("a new key", () => {
  const header = { payloadType: 0, timestamp: 0, ssrc: 7, isMarked: false };
  const sealed = (sender: ReturnType<typeof createSrtpSender>, sequence: number) => {
    const bytes = writeRtp({ ...header, sequence }, Buffer.of(1), 10);
    sender.protect(bytes);
    return bytes;
  };

  test("ours stays while only the peer's changes: its counters go on", () => {
    const before = parameters();
    const after = { ...before, receiveKey: newKey() };
    const [a, b] = [createPacketProtection(before), createPacketProtection(mirrored(before))];
    b.open(packet(a, 65_535));
    b.open(packet(a, 0));
    a.update(after);
    // Index 65,536 under the old key: a receiver that was not told of anything can still read it.
    expect(isHeard(b.open(packet(a, 1)), 1)).toBe(true);
    expect(a.open(packet(b, 3))).toBe("unauthentic");
  });

  test.each([
    ["from zero", 0],
    ["where the old one was", 1],
  ])("the peer's rollovers go on %s", (_sentence, rollovers) => {
    const keys = [newKey(), newKey()] as const;
    const suite = "AES_CM_128_HMAC_SHA1_80";
    const old = createSrtpSender(suite, keys[0]);
    const ours = createPacketProtection({ suite, sendKey: newKey(), receiveKey: keys[0] });
    for (const sequence of [65_535, 0, 1]) expect(ours.open(sealed(old, sequence))).toBeInstanceOf(Buffer);
    ours.update({ suite, sendKey: newKey(), receiveKey: keys[1] });
    const next = createSrtpSender(suite, keys[1]);
    if (rollovers === 1) sealed(next, 65_535);
    expect(ours.open(sealed(next, 2))).toBeInstanceOf(Buffer);
    expect(ours.open(sealed(next, 3))).toBeInstanceOf(Buffer);
  });
});

test.each([
  ["nothing", []],
  ["half a header", [0x80, 0, 0, 1]],
  ["an extension that is not there", [0x90, ...Array<number>(22).fill(0xff)]],
  ["no room for a tag", [0x80, ...Array<number>(15).fill(0)]],
  ["more than a packet", [0x80, ...Array<number>(3_000).fill(0)]],
])("%s is malformed", (_sentence, bytes) => {
  expect(createPacketProtection(parameters()).open(Buffer.from(bytes))).toBe("malformed");
});

test("plain RTP goes through as it is", () => {
  const plain = createPacketProtection(undefined);
  const bytes = packet(plain, 4);
  expect(bytes.length).toBe(172);
  expect(plain.open(bytes)).toBe(bytes);
});
