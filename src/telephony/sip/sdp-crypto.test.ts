import { describe, expect, test } from "vitest";
import { readCryptoLines } from "./sdp-crypto.ts";

const KEY_30 = Buffer.alloc(30, 1).toString("base64");
const KEY_46 = Buffer.alloc(46, 2).toString("base64");
// RFC 4568, 6.1
const RFC_KEY = "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR";
const line = (suite: string, config: string, sessionConfig?: string) => [
  { id: 1, suite, config, ...(sessionConfig !== undefined && { sessionConfig }) },
];

describe("readCryptoLines", () => {
  test.each([
    ["the RFC's example", line("AES_CM_128_HMAC_SHA1_80", `inline:${RFC_KEY}|2^20`), RFC_KEY],
    ["the short tag", line("AES_CM_128_HMAC_SHA1_32", `inline:${KEY_30}`), KEY_30],
    ["256 bits", line("AES_256_CM_HMAC_SHA1_80", `inline:${KEY_46}`), KEY_46],
    ["a lifetime as a number", line("AES_CM_128_HMAC_SHA1_80", `inline:${KEY_30}|1048576`), KEY_30],
    ["a hint on the window", line("AES_CM_128_HMAC_SHA1_80", `inline:${KEY_30}`, "WSH=128"), KEY_30],
    ["what may be ignored", line("AES_CM_128_HMAC_SHA1_80", `inline:${KEY_30}`, "-NEW=1"), KEY_30],
  ])("reads %s", (_sentence, lines, key) => {
    expect(readCryptoLines(lines)).toMatchObject([{ tag: 1, key }]);
  });

  test("a parameter in digits, which the library makes a number of, is none that we know", () => {
    const lines = line("AES_CM_128_HMAC_SHA1_80", `inline:${KEY_30}`, 128 as never);
    expect(readCryptoLines(lines)).toEqual([]);
  });

  test.each([
    ["another suite", line("F8_128_HMAC_SHA1_80", `inline:${KEY_30}`)],
    ["an MKI", line("AES_CM_128_HMAC_SHA1_80", `inline:${RFC_KEY}|2^20|1:4`)],
    ["several keys", line("AES_CM_128_HMAC_SHA1_80", `inline:${KEY_30}|2^20|1:4;inline:${KEY_30}|2^20|2:4`)],
    ["a key that is too short", line("AES_256_CM_HMAC_SHA1_80", `inline:${KEY_30}`)],
    ["a key by another way", line("AES_CM_128_HMAC_SHA1_80", "uri:https://example.com/key")],
    ["no encryption", line("AES_CM_128_HMAC_SHA1_80", `inline:${KEY_30}`, "UNENCRYPTED_SRTP")],
    ["keys derived again and again", line("AES_CM_128_HMAC_SHA1_80", `inline:${KEY_30}`, "KDR=1")],
    ["no line", undefined],
  ])("passes over %s", (_sentence, lines) => {
    expect(readCryptoLines(lines)).toEqual([]);
  });
});

test.each([
  { id: 1, suite: "AES_CM_128_HMAC_SHA1_80", config: `inline:${KEY_30}`, sessionConfig: 1 },
  { id: 1, suite: "AES_CM_128_HMAC_SHA1_80", config: 1 },
  { id: 1, suite: 1, config: `inline:${KEY_30}` },
])("a word that is a number, which sdp-transform makes one, is no line for us: %j", (written) => {
  expect(readCryptoLines([written])).toEqual([]);
});
