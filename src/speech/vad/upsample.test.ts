import { expect, test } from "vitest";
import { createUpsampler } from "./upsample.ts";

const sine = (frequencyHz: number, rateHz: number, samples: number) =>
  Int16Array.from(
    { length: samples },
    (_, at) => 10_000 * Math.sin((2 * Math.PI * frequencyHz * at) / rateHz),
  );

test.each([200, 500, 1_000])("a tone of %d Hz stays one, also where parts meet", (frequencyHz) => {
  const upsample = createUpsampler();
  const input = sine(frequencyHz, 8_000, 1_600);
  const output = [0, 400, 411, 1_000].flatMap((from, index, at) => [
    ...upsample(input.slice(from, at[index + 1])),
  ]);
  expect(output).toHaveLength(3_200);
  const expected = sine(frequencyHz, 16_000, 3_200);
  // Two samples of the input are still to come when one goes out: four of the output.
  const errors = output.slice(8).map((sample, index) => Math.abs(sample - expected[index + 4]!));
  expect(Math.max(...errors)).toBeLessThan(150);
});

test("what is as loud as can be stays within the samples' range", () => {
  const square = Int16Array.from({ length: 64 }, (_, at) => (at % 4 < 2 ? 32_767 : -32_768));
  expect(Math.max(...createUpsampler()(square))).toBe(32_767);
});
