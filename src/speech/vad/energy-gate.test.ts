import { expect, test } from "vitest";
import { createEnergyGate } from "./energy-gate.ts";

const WINDOW = 256;

/** Noise of a level, always the same. */
function noise(rms: number, windows: number, seed = 1): Int16Array[] {
  let state = seed;
  return Array.from({ length: windows }, () =>
    Int16Array.from({ length: WINDOW }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state / 0x7fffffff - 0.5) * Math.sqrt(12) * rms;
    }),
  );
}

const openings = (windows: readonly Int16Array[], gate = createEnergyGate()) =>
  windows.map((window) => gate.isOpen(window, false));

test("digital silence and the noise of a good line close it", () => {
  expect(openings(noise(0, 100)).slice(20)).not.toContain(true);
  expect(openings(noise(30, 100)).slice(20)).not.toContain(true);
});

test("a noisy line closes it once the noise is known", () => {
  const open = openings(noise(900, 200));
  expect(open.slice(0, 60)).not.toContain(false);
  expect(open.slice(100)).not.toContain(true);
});

test.each([
  ["a whisper on a quiet line", 20, 60],
  ["a voice as loud as the noise", 400, 400],
  ["a voice 2 dB below the noise", 1_000, 794],
])("%s opens it with its first window, and it stays open over a pause", (_name, noiseRms, voiceRms) => {
  const gate = createEnergyGate();
  const line = noise(noiseRms, 300);
  openings(line.slice(0, 200), gate);
  const voice = noise(voiceRms, 10, 7).map((window, index) =>
    window.map((sample, at) => sample + line[200 + index]![at]!),
  );
  expect(openings(voice, gate)).not.toContain(false);
  expect(openings(line.slice(210, 225), gate)).not.toContain(false);
  expect(openings(line.slice(225, 240), gate)).not.toContain(true);
});

test("it does not close on somebody who is speaking, however softly", () => {
  const gate = createEnergyGate();
  expect(noise(5, 100).map((window) => gate.isOpen(window, true))).not.toContain(false);
});

test("how long ago something stood out", () => {
  const gate = createEnergyGate();
  const after = [...noise(10, 70), ...noise(500, 3), ...noise(10, 4)].map((window) => {
    gate.isOpen(window, true);
    return gate.quietWindows;
  });
  expect(after.slice(69)).toEqual([70, 0, 0, 0, 1, 2, 3, 4]);
});
