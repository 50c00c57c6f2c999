import { expect, test } from "vitest";
import { backgroundOf } from "./background.ts";

test.each([
  [undefined, null],
  [{}, null],
  [{ background_audio: null }, null],
  [{ background_audio: { clip: "city" } }, null],
  [{ background_audio: { enabled: false } }, null],
  [{ background_audio: { enabled: true } }, { clip: "office", volume: 0.3 }],
  [{ background_audio: { enabled: true, clip: "forest", volume: 1 } }, { clip: "forest", volume: 1 }],
  [{ background_audio: { enabled: true, clip: "beach", volume: 7 } }, { clip: "office", volume: 1 }],
])("%j: %j", (speechConfig, expected) => {
  expect(backgroundOf(speechConfig)).toEqual(expected);
});
