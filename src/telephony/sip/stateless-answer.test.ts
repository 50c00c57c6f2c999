import { expect, test } from "vitest";
import { statelessAnswer } from "./stateless-answer.ts";

const request = [
  "INVITE sip:1@a SIP/2.0",
  "v: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bKb;rport",
  "Via: SIP/2.0/UDP 10.0.0.8",
  "Max-Forwards: 70",
  "f: <sip:x@y>;tag=1",
  "t:",
  " <sip:1@a>",
  "i: c",
  "CSeq: 1 INVITE",
  "User-Agent: friendly-scanner",
  "Content-Length: 9",
  "",
  "From: me\r",
].join("\r\n");
const from = { address: "192.0.2.7", port: 4_321 };

test("what has to be repeated is, and goes to where it really came from", () => {
  const answer = statelessAnswer(request, from, { status: "403 Forbidden", headers: ["X: y"] });
  expect(answer.split("\r\n")).toEqual([
    "SIP/2.0 403 Forbidden",
    "v: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bKb;rport=4321;received=192.0.2.7",
    "Via: SIP/2.0/UDP 10.0.0.8",
    "f: <sip:x@y>;tag=1",
    expect.stringMatching(/^t: <sip:1@a>;tag=[0-9a-f]{12}$/),
    "i: c",
    "CSeq: 1 INVITE",
    "X: y",
    "Content-Length: 0",
    "",
    "",
  ]);
  expect(statelessAnswer(request, from, { status: "403 Forbidden", headers: ["X: y"] })).toBe(answer);
});

test("a tag that is there stays", () => {
  const inside = request.replace("<sip:1@a>", "<sip:1@a>;tag=theirs");
  expect(statelessAnswer(inside, from, { status: "403 Forbidden" })).toContain("t: <sip:1@a>;tag=theirs\r\n");
});
