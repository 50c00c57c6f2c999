import { describe, expect, test } from "vitest";
import { frameMessage, stampVia, summarize } from "./sip-text.ts";

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
