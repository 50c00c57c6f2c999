import { expect, test } from "vitest";
import { decodeG711, encodeG711 } from "./g711.ts";

// ITU-T G.711, tables 1a and 2a: silence, and the largest values of either sign.
test.each([
  ["PCMU", 0, 0xff],
  ["PCMU", 32_124, 0x80],
  ["PCMU", -32_124, 0x00],
  ["PCMA", 8, 0xd5],
  ["PCMA", 32_256, 0xaa],
  ["PCMA", -32_256, 0x2a],
] as const)("%s writes %d as %d and reads it back", (codec, sample, byte) => {
  expect(encodeG711(codec, Int16Array.of(sample))[0]).toBe(byte);
  expect(decodeG711(codec, Uint8Array.of(byte))[0]).toBe(sample);
});

test.each(["PCMU", "PCMA"] as const)("%s keeps every sample within its step", (codec) => {
  const samples = Int16Array.from({ length: 65_536 }, (_, index) => index - 32_768);
  const back = decodeG711(codec, encodeG711(codec, samples));
  const worst = samples.reduce((most, sample, index) => {
    const allowed = Math.max(16, Math.abs(sample) / 16);
    return Math.max(most, Math.abs(back[index]! - sample) / allowed);
  }, 0);
  expect(worst).toBeLessThanOrEqual(1);
});
