import { expect, test } from "vitest";
import { createSrtpCipher, deriveSessionKeys } from "./srtp-cipher.ts";
import type { SrtpSuite } from "./srtp-suite.ts";

const keySalt = (key: string, salt: string) => Buffer.from(key + salt, "hex").toString("base64");
const RFC_3711 = keySalt("e1f97a0d3e018be0d64fa32c06de4139", "0ec675ad498afeebb6960b3aabe6");
const RFC_6188 = keySalt(
  "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6",
  "3b04803de51ee7c96423ab5b78d2",
);

test.each<[string, SrtpSuite, string, { cipherKey: string; salt: string; authKey: string }]>([
  [
    "RFC 3711, B.3",
    "AES_CM_128_HMAC_SHA1_80",
    RFC_3711,
    {
      cipherKey: "c61e7a93744f39ee10734afe3ff7a087",
      salt: "30cbbc08863d8c85d49db34a9ae1",
      authKey: "cebe321f6ff7716b6fd4ab49af256a156d38baa4",
    },
  ],
  [
    "RFC 6188, 7.2",
    "AES_256_CM_HMAC_SHA1_80",
    RFC_6188,
    {
      cipherKey: "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4",
      salt: "fa31791685ca444a9e07c6c64e93",
      authKey: "fd9c32d39ed5fbb5a9dc96b30818454d1313dc05",
    },
  ],
])("session keys of %s", (_rfc, suite, master, expected) => {
  const keys = deriveSessionKeys(suite, master);
  const hex = Object.fromEntries(Object.entries(keys).map(([name, bytes]) => [name, bytes.toString("hex")]));
  expect(hex).toEqual(expected);
});

// The packet of libsrtp's own self-test, which has been the reference for implementations since RFC 3711.
test("a whole packet, byte for byte", () => {
  const packet = Buffer.alloc(38, 0xab);
  packet.set(Buffer.from("800f1234decafbadcafebabe", "hex"));
  const cipher = createSrtpCipher("AES_CM_128_HMAC_SHA1_80", RFC_3711);
  cipher.apply(packet, 12, 28, 0xcafebabe, 0, 0x1234);
  cipher.sign(packet, 28, 0);
  expect(packet.toString("hex")).toBe(
    "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
  );
  expect(cipher.verify(packet, 28, 0)).toBe(true);
  expect(cipher.verify(packet, 28, 1)).toBe(false);
});

test("a key of the wrong length is a bug", () => {
  expect(() => deriveSessionKeys("AES_256_CM_HMAC_SHA1_80", RFC_3711)).toThrow("wrong length");
});
