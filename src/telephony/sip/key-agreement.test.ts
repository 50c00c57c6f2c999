import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createKeyAgreement, type SrtpPolicy } from "./key-agreement.ts";
import { readSdp } from "./sdp.ts";

const key = (fill: number, size = 30) => Buffer.alloc(size, fill).toString("base64");
const SUITE = "AES_CM_128_HMAC_SHA1_80";

function sdp(protocol: string, ...crypto: string[]) {
  const lines = ["v=0", "o=- 1 1 IN IP4 192.0.2.5", "s=-", "c=IN IP4 192.0.2.5", "t=0 0"];
  const media = [`m=audio 4000 ${protocol} 0`, ...crypto.map((line) => `a=crypto:${line}`), ""];
  const read = readSdp([...lines, ...media].join("\r\n"));
  if (read.outcome !== "usable") throw new Error(read.problem);
  return read;
}
const agreement = (policy: SrtpPolicy = "off") => createKeyAgreement({ policy, randomBytes });

describe("the peer's offers", () => {
  test("the first line that we know is taken, with a key of our own", () => {
    const keys = agreement();
    const taken = keys.answer(
      sdp("RTP/SAVP", `1 F8_128_HMAC_SHA1_80 inline:${key(1)}`, `7 ${SUITE} inline:${key(2)}`),
    );
    expect(taken).toMatchObject({ outcome: "taken", line: { tag: 7, suite: SUITE } });
    expect(keys.agreed).toMatchObject({ suite: SUITE, receiveKey: key(2) });
    expect(Buffer.from(keys.agreed!.sendKey, "base64")).toHaveLength(30);
    expect(keys.agreed!.sendKey).not.toBe(key(2));
  });

  test("a re-INVITE with another key changes theirs and keeps ours; another suite changes both; plain ends it", () => {
    const keys = agreement();
    keys.answer(sdp("RTP/SAVP", `1 ${SUITE} inline:${key(1)}`));
    const first = keys.agreed!;
    keys.answer(sdp("RTP/SAVP", `1 ${SUITE} inline:${key(2)}`));
    expect(keys.agreed).toEqual({ ...first, receiveKey: key(2) });
    keys.answer(sdp("RTP/SAVP", `1 AES_256_CM_HMAC_SHA1_80 inline:${key(3, 46)}`));
    expect(Buffer.from(keys.agreed!.sendKey, "base64")).toHaveLength(46);
    keys.answer(sdp("RTP/AVP"));
    expect(keys.agreed).toBeUndefined();
    // Never again under the old key: its counters have begun anew.
    keys.answer(sdp("RTP/SAVP", `1 ${SUITE} inline:${key(2)}`));
    expect(keys.agreed!.sendKey).not.toBe(first.sendKey);
  });

  test("where SRTP is required, an offer without it is refused and changes nothing", () => {
    const keys = agreement("require");
    keys.answer(sdp("RTP/SAVP", `1 ${SUITE} inline:${key(1)}`));
    const before = keys.agreed;
    expect(keys.answer(sdp("RTP/AVP"))).toEqual({ outcome: "refused" });
    expect(keys.agreed).toBe(before);
  });
});

describe("our offers", () => {
  test.each([
    ["off", 0, false],
    ["offer", 2, false],
    ["require", 2, true],
  ] as const)("%s: %d lines, required: %s", (policy, count, isRequired) => {
    const offer = agreement(policy).offer();
    expect(offer.lines).toHaveLength(count);
    expect(offer.isRequired).toBe(isRequired);
  });

  test.each([
    ["offer", "plain RTP", sdp("RTP/AVP"), true],
    ["require", "plain RTP", sdp("RTP/AVP"), false],
    ["offer", "a line of ours", sdp("RTP/AVP", `1 ${SUITE} inline:${key(5)}`), true],
    ["require", "a line of ours", sdp("RTP/SAVP", `1 ${SUITE} inline:${key(5)}`), true],
    ["offer", "a tag that was not offered", sdp("RTP/AVP", `9 ${SUITE} inline:${key(5)}`), false],
    [
      "offer",
      "another suite under our tag",
      sdp("RTP/AVP", `1 AES_CM_128_HMAC_SHA1_32 inline:${key(5)}`),
      false,
    ],
    ["off", "keys that nobody asked for", sdp("RTP/SAVP", `1 ${SUITE} inline:${key(5)}`), false],
  ] as const)("%s, answered with %s", (policy, _sentence, answer, isTaken) => {
    const keys = agreement(policy);
    const { lines } = keys.offer();
    expect(keys.takeAnswer(answer)).toBe(isTaken);
    const isSecure = isTaken && answer.crypto.length > 0;
    expect(keys.agreed).toEqual(
      isSecure ? { suite: SUITE, sendKey: lines[0]!.key, receiveKey: key(5) } : undefined,
    );
  });

  test("asked for in the middle of a secure call: the same key in the same profile", () => {
    const keys = agreement();
    keys.answer(sdp("RTP/SAVP", `4 ${SUITE} inline:${key(1)}`));
    const { sendKey } = keys.agreed!;
    expect(keys.offer()).toEqual({ lines: [{ tag: 1, suite: SUITE, key: sendKey }], isRequired: true });
    expect(keys.takeAnswer(sdp("RTP/SAVP", `1 ${SUITE} inline:${key(2)}`))).toBe(true);
    expect(keys.agreed).toEqual({ suite: SUITE, sendKey, receiveKey: key(2) });
  });
});
