import { expect, test } from "vitest";
import { createJitterBuffer, type JitterBuffer } from "./jitter-buffer.ts";

const frame = (value: number, length = 160) => new Int16Array(length).fill(value);
const firstSamples = (buffer: JitterBuffer, count: number) =>
  Array.from({ length: count }, () => buffer.pop()[0]);

test.each([
  [
    "in order",
    [
      [0, 1],
      [160, 2],
      [320, 3],
    ],
  ],
  [
    "out of order",
    [
      [0, 1],
      [320, 3],
      [160, 2],
    ],
  ],
  [
    "with a duplicate",
    [
      [0, 1],
      [160, 2],
      [160, 2],
      [320, 3],
    ],
  ],
] as const)("plays packets %s after 60 ms of delay", (_sentence, packets) => {
  const buffer = createJitterBuffer();
  for (const [timestamp, value] of packets) buffer.push(timestamp, frame(value));
  expect(firstSamples(buffer, 6)).toEqual([0, 0, 0, 1, 2, 3]);
});

test("crosses the wrap of the timestamp", () => {
  const buffer = createJitterBuffer();
  const start = 2 ** 32 - 160;
  buffer.push(start, frame(1));
  buffer.push(0, frame(2));
  expect(firstSamples(buffer, 5)).toEqual([0, 0, 0, 1, 2]);
});

test("takes packets of any length", () => {
  const buffer = createJitterBuffer();
  buffer.push(0, frame(1, 80));
  buffer.push(80, frame(1, 240));
  expect(firstSamples(buffer, 5)).toEqual([0, 0, 0, 1, 1]);
});

test("conceals two lost frames, fading, then is silent", () => {
  const buffer = createJitterBuffer();
  buffer.push(0, frame(1000));
  buffer.push(5 * 160, frame(7));
  expect(firstSamples(buffer, 9)).toEqual([0, 0, 0, 1000, 500, 250, 0, 0, 7]);
});

test("drops what is late, and starts over when the sender's clock has moved", () => {
  const buffer = createJitterBuffer();
  buffer.push(100_000, frame(1));
  firstSamples(buffer, 5);
  for (let n = 0; n < 4; n++) buffer.push(50_000 + n * 160, frame(9));
  expect(buffer.lateSamples).toBe(640);
  buffer.push(50_640, frame(5));
  expect(firstSamples(buffer, 4).at(-1)).toBe(5);
});

test("does not drift: a burst is cut back to the target delay", () => {
  const buffer = createJitterBuffer();
  for (let n = 0; n < 40; n++) buffer.push(n * 160, frame(n));
  const heard = firstSamples(buffer, 10).filter((value) => value !== 0);
  expect(heard[0]).toBeGreaterThanOrEqual(29);
  expect(heard).toContain(39);
});
