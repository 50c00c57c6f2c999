import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { BackgroundClip } from "../carrier.ts";
import { backgroundClip } from "./background-clips.ts";
import { crowdedRoom, office } from "./background-scenes.ts";

const CLIPS: BackgroundClip[] = ["office", "city", "forest", "crowded_room"];

test.each(CLIPS)("%s: 24 s, one loudness, no gap, no seam", (clip) => {
  const samples = backgroundClip(clip);
  expect(samples.length).toBe(24 * 8_000);
  const levels = Array.from({ length: 24 }, (_, second) => {
    const part = samples.subarray(second * 8_000, (second + 1) * 8_000);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
  });
  for (const level of levels) {
    expect(level).toBeGreaterThan(400);
    expect(level).toBeLessThan(2_000);
  }
  // Where the loop closes the step is one as anywhere else, not a click.
  const steps = samples
    .map((sample, at) => Math.abs(sample - samples[(at + 1) % samples.length]!))
    .toSorted();
  const seam = Math.abs(samples.at(-1)! - samples[0]!);
  expect(seam).toBeLessThan(steps[Math.floor(steps.length * 0.99)]!);
  // Once a process.
  expect(backgroundClip(clip)).toBe(samples);
});

test("the same at every run, and different from each other", () => {
  const digest = (samples: Float64Array) => createHash("sha256").update(samples).digest("hex");
  expect(digest(office())).toBe(digest(office()));
  expect(digest(office())).not.toBe(digest(crowdedRoom()));
  const loudest = CLIPS.map((clip) =>
    backgroundClip(clip).reduce((most, sample) => Math.max(most, sample), 0),
  );
  for (const peak of loudest) expect(peak).toBeLessThan(12_000);
});
