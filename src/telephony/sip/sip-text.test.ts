import { describe, expect, test } from "vitest";
import { frameMessage, isTruncated, nextHopOf, readTags, stampVia, summarize, unfold } from "./sip-text.ts";

const request = (via: string) =>
  `INVITE sip:+31850835037@127.0.0.1 SIP/2.0\r\nVia: ${via}\r\nCall-ID: c1\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n`;

test("summarizes requests and responses", () => {
  expect(summarize(request("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport"))).toEqual({
    method: "INVITE",
    statusCode: undefined,
    transaction: "z9hG4bKa|192.0.2.1:5060",
    cseqMethod: "INVITE",
    callId: "c1",
  });
  const response =
    "SIP/2.0 180 Ringing\r\nv: SIP/2.0/UDP Host:5060;branch=z9hG4bKb\r\ni: c2\r\nCSeq: 2 BYE\r\n\r\n";
  expect(summarize(response)).toMatchObject({
    statusCode: 180,
    transaction: "z9hG4bKb|host:5060",
    cseqMethod: "BYE",
  });
});

test.each([
  "",
  "\r\n\r\n",
  "hello",
  "INVITE sip:a SIP/2.0\r\n\r\n",
  "SIP/2.0 999 No\r\nVia: x\r\nCSeq: 1 BYE\r\nCall-ID: c\r\n\r\n",
])("does not take %j for a SIP message", (text) => {
  expect(summarize(text)).toBeUndefined();
});

test.each([
  ["SIP/2.0/UDP 10.0.0.1;branch=b;rport", "SIP/2.0/UDP 10.0.0.1;branch=b;rport=7070;received=192.0.2.7"],
  ["SIP/2.0/UDP 10.0.0.1;rport;branch=b", "SIP/2.0/UDP 10.0.0.1;rport=7070;branch=b;received=192.0.2.7"],
  ["SIP/2.0/UDP 10.0.0.1;branch=b", "SIP/2.0/UDP 10.0.0.1;branch=b;received=192.0.2.7"],
  [
    "SIP/2.0/UDP 10.0.0.1;branch=b;received=1.1.1.1;rport=1",
    "SIP/2.0/UDP 10.0.0.1;branch=b;rport=7070;received=192.0.2.7",
  ],
])("stamps %s", (via, stamped) => {
  expect(stampVia(request(via), { address: "192.0.2.7", port: 7070 })).toContain(`Via: ${stamped}\r\n`);
});

describe("frameMessage", () => {
  const whole = "BYE sip:a SIP/2.0\r\nContent-Length: 4\r\n\r\nbody";

  test("cuts at Content-Length and leaves the rest", () => {
    const result = frameMessage(Buffer.from(`${whole}INVITE`));
    expect(result).toMatchObject({ outcome: "message", text: whole });
    expect(result.outcome === "message" && result.rest.toString()).toBe("INVITE");
  });

  test.each(Array.from({ length: whole.length }, (_, length) => length))("waits with %d bytes", (length) => {
    expect(frameMessage(Buffer.from(whole.slice(0, length)))).toEqual({ outcome: "incomplete" });
  });

  test.each([
    ["a keep-alive", "\r\n\r\n", { outcome: "ping" }],
    ["line ends before a message", `\r\n${whole}`, { outcome: "message", text: whole }],
    ["no length", "BYE sip:a SIP/2.0\r\nX: 1\r\n\r\n", { outcome: "malformed" }],
    ["a length over the limit", "BYE sip:a SIP/2.0\r\nl: 99999999\r\n\r\n", { outcome: "malformed" }],
    ["headers for ever", "x".repeat(70_000), { outcome: "malformed" }],
  ])("reads %s", (_sentence, text, result) => {
    expect(frameMessage(Buffer.from(text))).toMatchObject(result);
  });
});

test("without the branch of RFC 3261, Call-ID and CSeq tell transactions apart", () => {
  const old = (via: string, cseq: number) =>
    `INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP host${via}\r\nCall-ID: c\r\nCSeq: ${cseq} INVITE\r\n\r\n`;
  const transactions = [old("", 1), old("", 2), old(";branch=0", 3)].map(
    (text) => summarize(text)!.transaction,
  );
  expect(transactions).toEqual(["c|1|host", "c|2|host", "c|3|host"]);
});

test.each([
  ["Content-Length: 4\r\n\r\nbody", false],
  ["Content-Length: 4\r\n\r\nbody and noise", false],
  ["l: 5\r\n\r\nbody", true],
  ["Content-Length: 2\r\n\r\né", false],
  ["X: 1\r\n\r\nbody", false],
  ["Content-Length: 4\r\n", true],
])("%j is truncated: %s", (rest, expected) => {
  const text = `BYE sip:a SIP/2.0\r\n${rest}`;
  expect(isTruncated(text, Buffer.byteLength(text))).toBe(expected);
});

test("reads tags in long and short form", () => {
  expect(readTags('From: "x;tag=y" <sip:a@b;x=1>;tag=f1\r\nT: <sip:c@d>;tag=t1;x\r\n')).toEqual({
    fromTag: "f1",
    toTag: "t1",
  });
  expect(readTags("f: sip:a@b\r\nTo: <sip:c@d>\r\n")).toEqual({ fromTag: undefined, toTag: undefined });
});

test.each([
  ["BYE sip:x@192.0.2.1:5070;transport=tcp SIP/2.0\r\n", { address: "192.0.2.1", port: 5070 }],
  ["BYE sip:192.0.2.1 SIP/2.0\r\n", { address: "192.0.2.1", port: 5060 }],
  ["BYE sip:x@[2001:db8::1]:5070 SIP/2.0\r\n", { address: "2001:db8::1", port: 5070 }],
  ["BYE sip:x@a SIP/2.0\r\nRoute: <sip:proxy:5080;lr>, <sip:other;lr>\r\n", { address: "proxy", port: 5080 }],
  ["BYE tel:1 SIP/2.0\r\n", undefined],
])("%j goes next to", (text, hop) => {
  expect(nextHopOf(text)).toEqual(hop);
});

test.each([
  ["A: b\r\n c\r\n\td\r\nE: f\r\n\r\n", "A: b c d\r\nE: f\r\n\r\n"],
  ["CSeq:\r\n  1 \r\n INVITE\r\n\r\nv=0\r\n indented\r\n", "CSeq: 1 INVITE\r\n\r\nv=0\r\n indented\r\n"],
  ["A: b\r\n\r\n", "A: b\r\n\r\n"],
  ["A: b\r\n c", "A: b c"],
])("unfolds %j", (text, unfolded) => {
  expect(unfold(text)).toBe(unfolded);
});
