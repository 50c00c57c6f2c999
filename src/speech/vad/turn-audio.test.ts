import { expect, test } from "vitest";
import { createTurnAudio } from "./turn-audio.ts";

const window = (value: number) => new Int16Array(256).fill(value);

test("a turn is what was heard since it began, and half a second before it", () => {
  const audio = createTurnAudio();
  for (let at = 0; at < 100; at++) audio.add(window(at));
  audio.begin();
  for (let at = 100; at < 130; at++) audio.add(window(at));
  const turn = audio.end();
  expect(turn.length / 256).toBe(16 + 30);
  expect([turn[0], turn.at(-1)]).toEqual([84, 129]);
  audio.begin();
  expect(audio.end()[0]).toBe(114);
});

test("the newest windows, oldest first", () => {
  const audio = createTurnAudio();
  for (let at = 0; at < 5; at++) audio.add(window(at));
  expect(audio.last(2).map((samples) => samples[0])).toEqual([3, 4]);
});

test("who never pauses does not fill the memory", () => {
  const audio = createTurnAudio();
  audio.begin();
  for (let at = 0; at < 4_000; at++) audio.add(window(1));
  expect(audio.end().length / 8_000).toBeLessThanOrEqual(60.1);
});
