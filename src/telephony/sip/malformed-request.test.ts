import { expect, test } from "vitest";
import { answerToMalformed, contradictsItself } from "./malformed-request.ts";

const from = { address: "192.0.2.7", port: 7070 };
const request = (start: string, ...more: string[]) =>
  [
    start,
    "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa;rport",
    "v: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKb",
    "f: <sip:a@b>;tag=1",
    "To: <sip:c@d",
    "Call-ID: x",
    "CSeq: 1 INVITE",
    ...more,
    "",
    "",
  ].join("\r\n");

test("says 400 to whoever sent it, with its own words", () => {
  expect(answerToMalformed(request("INVITE sip:c@d SIP/2.0"), from)).toBe(
    [
      "SIP/2.0 400 Bad Request",
      "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKa;rport=7070;received=192.0.2.7",
      "Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKb",
      "From: <sip:a@b>;tag=1",
      "To: <sip:c@d;tag=malformed",
      "Call-ID: x",
      "CSeq: 1 INVITE",
      "Content-Length: 0",
      "",
      "",
    ].join("\r\n"),
  );
});

test.each([
  [request("OPTIONS sip:c@d SIP/7.0"), "SIP/2.0 505 Version Not Supported"],
  [request("INVITE sip:c@d;  x=y SIP/2.0 "), "SIP/2.0 400 Bad Request"],
  [request("ACK sip:c@d SIP/2.0"), undefined],
  [request("SIP/2.0 99999 OK"), undefined],
  [request("hello"), undefined],
  [request("INVITE sip:c@d SIP/2.0").replace("Call-ID: x\r\n", ""), undefined],
  ["", undefined],
])("%j: %s", (text, start) => {
  expect(answerToMalformed(text, from)?.split("\r\n")[0]).toBe(start);
});

test.each([
  [["l: 0"], false],
  [["Content-Length: 0", "l: 0"], false],
  [["Content-Length: 0", "l: 5"], true],
  [["CSeq: 2 INVITE"], true],
  [["i: y"], true],
  [["Contact: <sip:a@b>", "Contact: <sip:c@d>"], false],
])("%j contradicts itself: %s", (more, verdict) => {
  expect(contradictsItself(request("INVITE sip:c@d SIP/2.0", ...more))).toBe(verdict);
});
