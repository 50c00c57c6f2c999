import type { BackgroundClip } from "../carrier.ts";
import { city, crowdedRoom, forest, office } from "./background-scenes.ts";

const SCENES: Record<BackgroundClip, () => Float64Array> = {
  office,
  city,
  forest,
  crowded_room: crowdedRoom,
};

/** Of the loudest clip at volume 1 (-30 dBFS): well under speech, which is around -20. */
const RMS = 1_000;

const made = new Map<BackgroundClip, Int16Array>();

/**
 * One scene as a loop of 24 s at telephone rate, without a seam. Computed from a fixed seed, so that it is the same
 * everywhere and belongs to nobody else; made once a process.
 */
export function backgroundClip(clip: BackgroundClip): Int16Array {
  let samples = made.get(clip);
  if (!samples) {
    samples = toSamples(SCENES[clip]());
    made.set(clip, samples);
  }
  return samples;
}

/** Makes all of them now: made on demand the first would hold up the audio of all calls for a moment. */
export function prepareBackgroundClips(): void {
  for (const clip of Object.keys(SCENES) as BackgroundClip[]) backgroundClip(clip);
}

function toSamples(scene: Float64Array): Int16Array {
  let power = 0;
  for (const value of scene) power += value * value;
  const gain = RMS / Math.sqrt(power / scene.length);
  const samples = new Int16Array(scene.length);
  for (let index = 0; index < scene.length; index++) {
    samples[index] = Math.max(-32_768, Math.min(32_767, scene[index]! * gain));
  }
  return samples;
}
