import { expect, test } from "vitest";
import type { Digit } from "../carrier.ts";
import { createDigitReader, createDigitSender, encodeTelephoneEvent } from "./telephone-event.ts";

test.each([
  ["5", false, 160, [5, 0x0a, 0x00, 0xa0]],
  ["*", true, 1_280, [10, 0x8a, 0x05, 0x00]],
  ["#", true, 1_280, [11, 0x8a, 0x05, 0x00]],
  ["D", false, 65_535, [15, 0x0a, 0xff, 0xff]],
] as const)("encodes %s, end %s, %d samples", (digit, isEnd, durationSamples, bytes) => {
  expect([...encodeTelephoneEvent(digit, { isEnd, durationSamples })]).toEqual(bytes);
});

const packet = (digit: Digit, isEnd = false) => encodeTelephoneEvent(digit, { isEnd, durationSamples: 800 });

test.each<[string, [timestamp: number, payload: Uint8Array][], string]>([
  [
    "one press with three end packets",
    [
      [0, packet("5")],
      [0, packet("5")],
      [0, packet("5", true)],
      [0, packet("5", true)],
    ],
    "5",
  ],
  [
    "a press whose end is lost",
    [
      [0, packet("5")],
      [0, packet("5")],
    ],
    "5",
  ],
  ["a press of which only the end came", [[0, packet("5", true)]], "5"],
  [
    "the same key twice",
    [
      [0, packet("5")],
      [0, packet("5", true)],
      [2_000, packet("5")],
    ],
    "55",
  ],
  [
    "an end that comes after the next press",
    [
      [0, packet("1")],
      [2_000, packet("2")],
      [0, packet("1", true)],
      [2_000, packet("2")],
    ],
    "12",
  ],
  [
    "over the timestamp's wrap",
    [
      [2 ** 32 - 100, packet("1")],
      [1_900, packet("2")],
    ],
    "12",
  ],
  [
    "a long press in two segments once",
    [
      [0, packet("9")],
      [65_535, packet("9")],
      [65_535, packet("9", true)],
    ],
    "9",
  ],
  [
    "a sender that has started over",
    [
      [1_000_000, packet("1")],
      [0, packet("2")],
    ],
    "12",
  ],
  [
    "no flash and no fragment",
    [
      [0, Uint8Array.of(16, 0, 0, 0)],
      [5_000, Uint8Array.of(1, 0)],
    ],
    "",
  ],
])("reads %s", (_sentence, packets, digits) => {
  const read = createDigitReader();
  expect(packets.map(([timestamp, payload]) => read(timestamp, payload) ?? "").join("")).toBe(digits);
});

test("sends a press as eight frames of one timestamp, its end three times, and a pause", () => {
  const sender = createDigitSender();
  sender.add(["7", "8"]);
  const frames = Array.from({ length: 23 }, () => sender.nextFrame());
  const press = frames.slice(0, 8);
  expect(press.map((frame) => frame!.startedSamplesAgo)).toEqual([0, 160, 320, 480, 640, 800, 960, 1_120]);
  expect(press.map((frame) => frame!.copies)).toEqual([1, 1, 1, 1, 1, 1, 1, 3]);
  expect(press.map((frame) => frame!.isFirst)).toEqual([true, ...Array<boolean>(7).fill(false)]);
  expect([...press.at(-1)!.payload!]).toEqual([7, 0x8a, 0x05, 0x00]);
  expect(frames.slice(8, 11).map((frame) => frame!.payload)).toEqual([undefined, undefined, undefined]);
  expect(frames[11]!.payload![0]).toBe(8);
  expect(frames[22]).toBeUndefined();
});
