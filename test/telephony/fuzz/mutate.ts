import { pick, type Random } from "../../harness/seeded-random.ts";

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const NUMBERS = ["0", "-1", "4294967296", "99999999999999999999", "2147483648", "1e9", "0x10", "٣", ""];
const STRINGS = [
  "\0",
  "\r\n\r\n",
  "\r\n",
  " ",
  "\t",
  "%",
  "%00",
  "\ufffd",
  "\ud83d\ude00",
  "\u202e",
  "<",
  ">",
  '"',
  ";",
  ";;;",
  ",",
  "@",
  ":",
  "=",
  "\\",
];
const BYTES = [[0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0x00]];
const METHODS = [
  "INVITE",
  "ACK",
  "BYE",
  "CANCEL",
  "OPTIONS",
  "REGISTER",
  "INFO",
  "UPDATE",
  "invite",
  "FOO",
  "SIP/2.0",
];

const place = (bytes: Buffer, random: Random) => Math.floor(random() * (bytes.length + 1));

function insert(bytes: Buffer, at: number, more: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}

/** Works on text lines; what is not UTF-8 goes lost, which is a mutation too. */
function onLines(change: (lines: string[], random: Random) => void): Mutation {
  return (bytes, random) => {
    const lines = bytes.toString("utf8").split("\r\n");
    change(lines, random);
    return Buffer.from(lines.join("\r\n"));
  };
}

const MUTATIONS: Mutation[] = [
  function flipBit(bytes, random) {
    const copy = Buffer.from(bytes);
    const at = Math.floor(random() * copy.length);
    if (copy.length > 0) copy[at] = copy[at]! ^ (1 << Math.floor(random() * 8));
    return copy;
  },
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random) => bytes.subarray(place(bytes, random)),
  (bytes, random) => insert(bytes, place(bytes, random), Buffer.from(pick(random, STRINGS))),
  (bytes, random) => insert(bytes, place(bytes, random), Buffer.from(pick(random, BYTES))),
  function removePart(bytes, random) {
    const at = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + Math.floor(random() * 20))]);
  },
  function repeatPart(bytes, random) {
    const at = place(bytes, random);
    const part = bytes.subarray(at, at + Math.floor(random() * 200));
    return insert(bytes, at, Buffer.concat(Array.from({ length: 1 + Math.floor(random() * 8) }, () => part)));
  },
  function tooLong(bytes, random) {
    const more = pick(random, ["a", " ", "\r\nX-More: 1", ";a=b", ",<sip:a@b>", "\u00fc"]);
    return insert(bytes, place(bytes, random), Buffer.from(more.repeat(Math.floor(random() * 3_000))));
  },
  function number(bytes, random) {
    const text = bytes.toString("utf8");
    const found = [...text.matchAll(/\d+/g)];
    if (found.length === 0) return bytes;
    const { 0: digits, index } = pick(random, found);
    return Buffer.from(text.slice(0, index) + pick(random, NUMBERS) + text.slice(index + digits.length));
  },
  (bytes, random) =>
    Buffer.from(
      bytes
        .toString("utf8")
        .replace(
          /^(content-length|l)[ \t]*:.*$/im,
          `Content-Length: ${pick(random, [...NUMBERS, "1", "70000", "5"])}`,
        ),
    ),
  (bytes, random) => Buffer.from(bytes.toString("utf8").replace(/^[A-Z]+/, pick(random, METHODS))),
  (bytes, random) =>
    Buffer.from(bytes.toString("utf8").replace(/^(CSeq:\s*\d+\s+)\w+/im, `$1${pick(random, METHODS)}`)),
  (bytes) => Buffer.from(bytes.toString("utf8").replaceAll("\r\n", "\n")),
  onLines((lines, random) => lines.splice(Math.floor(random() * lines.length), 1)),
  onLines((lines, random) => {
    const line = pick(random, lines);
    lines.splice(Math.floor(random() * lines.length), 0, line);
  }),
  onLines((lines, random) => {
    const [from, to] = [Math.floor(random() * lines.length), Math.floor(random() * lines.length)];
    [lines[from], lines[to]] = [lines[to]!, lines[from]!];
  }),
  onLines((lines, random) => {
    const at = Math.floor(random() * lines.length);
    lines[at] = `${lines[at]!.split(":")[0]}: ${pick(random, [...STRINGS, ...NUMBERS])}`;
  }),
];

/** 0 to 6 mutations, fewer more often: what is broken in many places is refused by the first look. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  const count = Math.floor(random() ** 3 * 6);
  let mutated = bytes;
  for (let done = 0; done < count; done++) mutated = pick(random, MUTATIONS)(mutated, random);
  return mutated.subarray(0, 65_507);
}
