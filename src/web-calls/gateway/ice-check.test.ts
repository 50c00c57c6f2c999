import { createHmac } from "node:crypto";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { kindOf, readIceCheck, writeIceAnswer } from "./ice-check.ts";

// RFC 5769, 2.1: the request of the test vectors.
const SAMPLE = Buffer.from(
  "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf",
  "hex",
);
const PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

describe("a connectivity check", () => {
  it("is read, and its signature known (RFC 5769, 2.1)", () => {
    const check = readIceCheck(SAMPLE)!;
    expect(check.localUfrag).toBe("evtj");
    expect(check.isNominating).toBe(false);
    expect(check.isSignedWith(PASSWORD)).toBe(true);
    expect(check.isSignedWith("another")).toBe(false);
  });

  it("is forged by a changed byte", () => {
    const forged = Buffer.from(SAMPLE);
    forged[30]! ^= 1;
    expect(readIceCheck(forged)!.isSignedWith(PASSWORD)).toBe(false);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["half a header", SAMPLE.subarray(0, 12)],
    ["one that is cut off", SAMPLE.subarray(0, 60)],
    ["one with more behind it", Buffer.concat([SAMPLE, Buffer.alloc(4)])],
    ["an answer", Buffer.concat([Buffer.from([1, 1]), SAMPLE.subarray(2)])],
    ["another cookie", Buffer.concat([SAMPLE.subarray(0, 4), Buffer.alloc(4), SAMPLE.subarray(8)])],
  ])("is none: %s", (_name, message) => {
    expect(readIceCheck(message)).toBeUndefined();
  });

  it.each([
    ["192.0.2.1", 32_853, "0001a147e112a643"],
    ["2001:db8:1234:5678:11:2233:4455:6677", 32_853, "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"],
  ])("is answered with where it came from: %s (RFC 5769, 2.2 and 2.3)", (address, port, mapped) => {
    const answer = writeIceAnswer(readIceCheck(SAMPLE)!, PASSWORD, { address, port });
    const length = mapped.length / 2;
    expect(answer.subarray(24, 24 + length).toString("hex")).toBe(mapped);
    const signedEnd = 24 + length;
    const signed = Buffer.from(answer.subarray(0, signedEnd));
    signed.writeUInt16BE(signedEnd - 20 + 24, 2);
    expect(answer.subarray(signedEnd + 4, signedEnd + 24)).toEqual(
      createHmac("sha1", PASSWORD).update(signed).digest(),
    );
    const fingerprint = answer.readUInt32BE(answer.length - 4);
    expect(fingerprint).toBe((crc32(answer.subarray(0, -8)) ^ 0x5354554e) >>> 0);
    expect(answer.readUInt16BE(2)).toBe(answer.length - 20);
  });
});

describe("the kind of a datagram (RFC 7983)", () => {
  it.each([
    [[0, 1], "stun"],
    [[3], "stun"],
    [[20], "dtls"],
    [[63], "dtls"],
    [[64], "unknown"],
    [[128, 111], "rtp"],
    [[191], "rtp"],
    [[192], "unknown"],
    [[], "unknown"],
  ])("%j is %s", (bytes, kind) => {
    expect(kindOf(Buffer.from(bytes))).toBe(kind);
  });
});
