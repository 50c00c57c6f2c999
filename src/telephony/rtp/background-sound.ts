import { SAMPLES_PER_FRAME, type Background } from "../carrier.ts";
import { backgroundClip } from "./background-clips.ts";

/** What is heard under the assistant, one frame after the other, round and round. */
export interface BackgroundSound {
  /** @returns a new frame: the next part of the clip, with `speech` over it */
  mix(speech: Int16Array): Int16Array;
}

export function createBackgroundSound({ clip, volume }: Background): BackgroundSound {
  const samples = backgroundClip(clip);
  let at = 0;
  return {
    mix(speech) {
      const frame = new Int16Array(SAMPLES_PER_FRAME);
      for (let index = 0; index < SAMPLES_PER_FRAME; index++) {
        const sum = speech[index]! + samples[at]! * volume;
        // Wrapped round instead of cut off it would be a loud crack.
        frame[index] = sum > 32_767 ? 32_767 : sum < -32_768 ? -32_768 : sum;
        if (++at === samples.length) at = 0;
      }
      return frame;
    },
  };
}
