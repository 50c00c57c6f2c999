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

test("a packet longer than any telephone sends is left out", () => {
  const buffer = createJitterBuffer();
  buffer.push(0, frame(1));
  buffer.push(160, frame(9, 9_000));
  expect(firstSamples(buffer, 7)).toEqual([0, 0, 0, 1, 0.5, 0.25, 0].map(Math.trunc));
});

test("a slow sender and a fast one are both followed over an hour", () => {
  for (const samplesEachTick of [159.9, 160.1]) {
    const buffer = createJitterBuffer();
    let sent = 0;
    let silentFrames = 0;
    for (let tick = 1; tick <= 180_000; tick++) {
      // One packet whenever the sender's clock, 600 ppm off, has filled one.
      while (sent + 160 <= tick * samplesEachTick) {
        buffer.push(sent, frame(1));
        sent += 160;
      }
      const popped = buffer.pop();
      if (popped[0] === 0) silentFrames++;
    }
    // A correction costs seven frames of concealment and silence, and an hour of this much drift needs 30 of them.
    expect(silentFrames).toBeLessThan(300);
  }
});
