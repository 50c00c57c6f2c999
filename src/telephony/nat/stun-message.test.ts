import { describe, expect, test } from "vitest";
import { readBindingAnswer, writeBindingRequest } from "./stun-message.ts";

// RFC 5769, 2.2 and 2.3: the sample responses, with their software, integrity and fingerprint attributes.
const TRANSACTION = Buffer.from("b7e7a701bc34d686fa87dfae", "hex");
const IPV4 = Buffer.from(
  "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220" +
    "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96",
  "hex",
);
const IPV6 = Buffer.from(
  "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220" +
    "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c",
  "hex",
);

test("a request is twenty bytes", () => {
  expect(writeBindingRequest(TRANSACTION).toString("hex")).toBe("000100002112a442b7e7a701bc34d686fa87dfae");
});

test.each([
  ["RFC 5769, 2.2", IPV4, "192.0.2.1"],
  ["RFC 5769, 2.3", IPV6, "2001:db8:1234:5678:11:2233:4455:6677"],
])("%s", (_rfc, message, address) => {
  expect(readBindingAnswer(message, TRANSACTION)).toEqual({
    outcome: "mapped",
    mapped: { address, port: 32_853 },
    other: undefined,
  });
});

const answer = (type: number, attributes: string) => {
  const body = Buffer.from(attributes, "hex");
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(body.length, 2);
  head.writeUInt32BE(0x2112a442, 4);
  return Buffer.concat([head, TRANSACTION, body]);
};

describe("answers", () => {
  test.each([
    [
      "an old server's",
      answer(0x0101, "0001000800011f90c0000207"),
      { mapped: { address: "192.0.2.7", port: 8_080 } },
    ],
    [
      "one with a second address",
      answer(0x0101, "0001000800011f90c0000207802c000800010d97c6336401"),
      { other: { address: "198.51.100.1", port: 3_479 } },
    ],
    ["a refusal", answer(0x0111, "0009000400000400"), { outcome: "error", code: 400 }],
    ["another type", answer(0x0001, ""), { outcome: "foreign" }],
    ["no address", answer(0x0101, ""), { outcome: "foreign" }],
    ["an address that is cut off", answer(0x0101, "0020000800011f90"), { outcome: "foreign" }],
    ["a family that is none", answer(0x0101, "0001000800091f90c0000207"), { outcome: "foreign" }],
    ["half a message", IPV4.subarray(0, 40), { outcome: "foreign" }],
    ["nothing", Buffer.alloc(0), { outcome: "foreign" }],
  ])("%s", (_sentence, message, expected) => {
    expect(readBindingAnswer(message, TRANSACTION)).toMatchObject(expected);
  });

  test("that of another request is not ours", () => {
    expect(readBindingAnswer(IPV4, Buffer.alloc(12))).toEqual({ outcome: "foreign" });
  });
});
