import { describe, expect, it } from "vitest";
import { createHandshakeOrder } from "./handshake-order.ts";

const [HELLO, CERTIFICATE, KEY, PROOF] = [1, 11, 16, 15];

function record(type: number, epoch: number, body: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header[0] = type;
  header.writeUInt16BE(epoch, 3);
  header.writeUInt16BE(body.length, 11);
  return Buffer.concat([header, body]);
}

/** A message of the type, of ten bytes, or a part of it. */
function message(type: number, sequence: number, offset = 0, bytes = 10): Buffer {
  const header = Buffer.alloc(12);
  header[0] = type;
  header.writeUIntBE(10, 1, 3);
  header.writeUInt16BE(sequence, 4);
  header.writeUIntBE(offset, 6, 3);
  header.writeUIntBE(bytes, 9, 3);
  return Buffer.concat([header, Buffer.alloc(bytes)]);
}

const clear = (...messages: Buffer[]) => record(22, 0, Buffer.concat(messages));
const end = record(22, 1, Buffer.alloc(40));
const change = record(20, 0, Buffer.from([1]));
const hello = clear(message(HELLO, 0));
const cookie = clear(message(HELLO, 1));
const certificate = clear(message(CERTIFICATE, 2));
const key = clear(message(KEY, 3));
const proof = clear(message(PROOF, 4));

/** What is let through, a word a record. */
function letThrough(...datagrams: Buffer[]): string[] {
  const order = createHandshakeOrder();
  const names: Record<number, string> = {
    [HELLO]: "hello",
    [CERTIFICATE]: "certificate",
    [KEY]: "key",
    [PROOF]: "proof",
  };
  return datagrams
    .flatMap((datagram) => order.take(datagram))
    .map((each) => {
      if (each[0] === 20) return "change";
      if (each[0] !== 22) return `record ${each[0]}`;
      return each.readUInt16BE(3) === 1 ? "end" : `${names[each[13]!]}${each.readUIntBE(19, 3) || ""}`;
    });
}

const all = ["hello", "hello", "certificate", "key", "proof", "change", "end"];

describe("a handshake over a bad network", () => {
  it.each<[string, Buffer[], string[]]>([
    ["in order", [hello, cookie, certificate, key, proof, change, end], all],
    ["in one datagram", [hello, cookie, Buffer.concat([certificate, key, proof, change, end])], all],
    [
      "several messages in a record",
      [hello, cookie, clear(message(CERTIFICATE, 2), message(KEY, 3), message(PROOF, 4)), change, end],
      all,
    ],
    ["swapped", [hello, cookie, key, proof, certificate, change, end], all],
    [
      "the end first",
      [hello, cookie, end, proof, key, certificate],
      ["hello", "hello", "certificate", "key", "proof", "end"],
    ],
    [
      "a part lost, and the flight repeated",
      [hello, cookie, certificate, key, end, certificate, key, proof, end],
      ["hello", "hello", "certificate", "key", "proof", "end", "end"],
    ],
    ["our answer to the hello lost", [hello, hello, cookie], ["hello", "hello", "hello"]],
    ["our flight lost", [hello, cookie, cookie], ["hello", "hello", "hello"]],
    [
      "our end lost",
      [hello, cookie, certificate, key, proof, end, certificate, key, proof, change, end],
      ["hello", "hello", "certificate", "key", "proof", "end", "change", "end"],
    ],
    ["a late hello", [hello, cookie, certificate, hello, cookie], ["hello", "hello", "certificate"]],
    [
      "a certificate in parts, swapped and repeated",
      [
        hello,
        cookie,
        clear(message(CERTIFICATE, 2, 6, 4)),
        clear(message(CERTIFICATE, 2, 0, 6)),
        clear(message(CERTIFICATE, 2, 0, 6)),
        key,
      ],
      ["hello", "hello", "certificate", "certificate6", "key"],
    ],
    ["cut off", [hello.subarray(0, 20), hello.subarray(0, 5), Buffer.alloc(0)], []],
    [
      "a message that promises more than is there",
      [clear(Buffer.concat([message(HELLO, 0).subarray(0, 15)]))],
      [],
    ],
    [
      "other records",
      [record(21, 0, Buffer.alloc(2)), record(23, 1, Buffer.alloc(9))],
      ["record 21", "record 23"],
    ],
  ])("%s", (_name, datagrams, expected) => {
    expect(letThrough(...datagrams)).toEqual(expected);
  });

  it("keeps no more than a handshake can have", () => {
    const far = Array.from({ length: 1_000 }, (_, index) => clear(message(KEY, index + 5)));
    expect(letThrough(...far, hello)).toEqual(["hello"]);
  });
});
