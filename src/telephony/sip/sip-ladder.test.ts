import { describe, expect, test } from "vitest";
import { createSipLog, ladderOf, withoutSecrets, type SipMessage } from "./sip-ladder.ts";

const lines = (...text: string[]) => text.join("\r\n");
const sipMessage = (callId: string, change: Partial<SipMessage> = {}): SipMessage => ({
  at: 1_000,
  direction: "in",
  protocol: "UDP",
  localAddress: "10.0.0.1",
  remote: { address: "10.0.0.2", port: 5_060 },
  text: lines(
    "INVITE sip:+31850835037@10.0.0.1 SIP/2.0",
    "Via: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bK1",
    `Call-ID: ${callId}`,
    "CSeq: 1 INVITE",
    "",
    "",
  ),
  ...change,
});

describe("what opens something is not kept", () => {
  test.each([
    ['Authorization: Digest username="a", response="5ec4e7"', "Authorization: (removed)"],
    ['Proxy-Authorization: Digest response="5ec4e7"', "Proxy-Authorization: (removed)"],
    ['AUTHORIZATION : Digest response="5ec4e7"', "AUTHORIZATION: (removed)"],
    // Folded over several lines (RFC 3261, 7.3.1).
    ['Authorization: Digest username="a",\r\n response="5ec4e7"', "Authorization: (removed)"],
  ])("header %j", (given, kept) => {
    const text = lines("REGISTER sip:x SIP/2.0", given, "CSeq: 1 REGISTER", "", "");
    expect(withoutSecrets(text)).toBe(lines("REGISTER sip:x SIP/2.0", kept, "CSeq: 1 REGISTER", "", ""));
  });

  test.each([
    [
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:5ec4e7|2^20|1:32",
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:xxxxxxxxxxxxxxxx",
    ],
    ["k=base64:5ec4e7", "k=xxxxxxxxxxxxx"],
    ["a=key-mgmt:mikey 5ec4e7", "a=key-mgmt:xxxxxxxxxxxx"],
    ["a=ice-pwd:5ec4e7", "a=ice-pwd:xxxxxx"],
  ])("in the description %j, whose length stays", (given, kept) => {
    const message = (line: string) =>
      lines("INVITE sip:x SIP/2.0", "Content-Length: 99", "", "v=0", line, "a=sendrecv", "");
    expect(withoutSecrets(message(given))).toBe(message(kept));
  });

  test("what looks alike and is none stays", () => {
    const text = lines(
      "INVITE sip:x SIP/2.0",
      'WWW-Authenticate: Digest nonce="1"',
      "X-Authorization-Hint: yes",
      "",
      "a=fingerprint:sha-256 AA",
      "",
    );
    expect(withoutSecrets(text)).toBe(text);
  });
});

test("a ladder: what came when from whom, and what came again", () => {
  const invite = sipMessage("1");
  const trying = sipMessage("1", {
    at: 1_004,
    direction: "out",
    text: lines("SIP/2.0 100 Trying", "Via: x", "Call-ID: 1", "CSeq: 1 INVITE", "", ""),
  });
  const ladder = ladderOf([invite, trying, { ...invite, at: 1_500 }, { ...trying, at: 1_501 }]);
  expect(
    ladder.map(({ at, direction, startLine, isRetransmission }) => [
      at,
      direction,
      startLine,
      isRetransmission,
    ]),
  ).toEqual([
    [1_000, "in", "INVITE sip:+31850835037@10.0.0.1 SIP/2.0", false],
    [1_004, "out", "SIP/2.0 100 Trying", false],
    [1_500, "in", "INVITE sip:+31850835037@10.0.0.1 SIP/2.0", true],
    [1_501, "out", "SIP/2.0 100 Trying", true],
  ]);
  expect(ladder[0]).toMatchObject({ peer: "10.0.0.2:5060", cseq: "1 INVITE", protocol: "UDP" });
  const [v6] = ladderOf([sipMessage("1", { remote: { address: "fd00::1", port: 5_061 } })]);
  expect(v6!.peer).toBe("[fd00::1]:5061");
});

describe("the log", () => {
  test("keeps apart by Call-ID what came before and after the claim, without secrets, until it is released", () => {
    const log = createSipLog();
    log.add(
      sipMessage("a", { text: sipMessage("a").text.replace("CSeq", "Authorization: Digest x\r\nCSeq") }),
    );
    log.add(sipMessage("b"));
    const claim = log.claim("a");
    log.add(sipMessage("a", { at: 2_000 }));
    expect(claim.messages().map(({ at }) => at)).toEqual([1_000, 2_000]);
    expect(claim.messages()[0]!.text).toContain("Authorization: (removed)");
    claim.release();
    expect(log.claim("a").messages()).toEqual([]);
    expect(log.claim("b").messages()).toHaveLength(1);
  });

  test("a flood within a call is counted, not kept; one of other calls does not push a claimed one out", () => {
    const log = createSipLog();
    log.add(sipMessage("mine"));
    const claim = log.claim("mine");
    for (let count = 0; count < 300; count++) log.add(sipMessage("mine"));
    expect([claim.messages().length, claim.omitted]).toEqual([200, 101]);
    for (let count = 0; count < 2_000; count++) log.add(sipMessage(`scan-${count}`));
    expect(claim.messages()).toHaveLength(200);
    expect(log.claim("scan-0").messages()).toEqual([]);
    expect(log.claim("scan-1999").messages()).toHaveLength(1);
  });

  test("what is no message of a call is passed over", () => {
    const log = createSipLog();
    log.add(sipMessage("a", { text: "hello" }));
    expect(log.claim("a").messages()).toEqual([]);
  });
});
