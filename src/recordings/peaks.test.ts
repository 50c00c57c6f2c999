import { expect, test } from "vitest";
import { wavHeader } from "../telephony/rtp/wav.ts";
import { createPeaksReader } from "./peaks.ts";

/** @param moments  caller, assistant */
function wav(moments: [number, number][]): Buffer {
  const data = Buffer.alloc(moments.length * 4);
  for (const [index, [caller, assistant]] of moments.entries()) {
    data.writeInt16LE(caller, index * 4);
    data.writeInt16LE(assistant, index * 4 + 2);
  }
  return Buffer.concat([wavHeader(data.length, { channels: 2, sampleRateHz: 8_000 }), data]);
}

function read(file: Buffer, count: number, pieceBytes: number) {
  const reader = createPeaksReader(file.length, count);
  for (let at = 0; at < file.length; at += pieceBytes) reader.push(file.subarray(at, at + pieceBytes));
  return reader.result();
}

const file = wav([
  [0, 0],
  [16_384, -8_192],
  [-32_768, 0],
  [0, 32_767],
]);

test.each([1, 3, 7, 44, 45, 1_000])(
  "in pieces of %i bytes: each channel's loudest moment of each part",
  (pieceBytes) => {
    expect(read(file, 2, pieceBytes)).toEqual({ durationMs: 1, caller: [0.5, 1], assistant: [0.25, 1] });
  },
);

test("no more parts than moments, and none of nothing", () => {
  expect(read(file, 100, 64).caller).toEqual([0, 0.5, 1, 0]);
  expect(read(wav([]), 100, 64)).toEqual({ durationMs: 0, caller: [], assistant: [] });
  expect(read(Buffer.from("RIFF"), 100, 64)).toEqual({ durationMs: 0, caller: [], assistant: [] });
});

test("every moment counts once, also where parts and moments do not divide", () => {
  const { caller } = read(wav(Array.from({ length: 1_000 }, (_, index) => [index, 0])), 7, 100);
  expect(caller.map((level) => Math.round(level * 32_768))).toHaveLength(7);
  expect(caller.at(-1)).toBeCloseTo(999 / 32_768, 3);
  expect(caller).toEqual(caller.toSorted((a, b) => a - b));
});

test("a file that is longer than its row says, as one that grows, is read as far as it was asked for", () => {
  const reader = createPeaksReader(44 + 8, 2);
  reader.push(file);
  expect(reader.result().caller).toEqual([0, 0.5]);
});
