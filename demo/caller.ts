import type { CallMedia } from "../src/telephony/carrier.ts";
import { toTelephoneRate } from "../src/telephony/codec/resample.ts";
import type { Espeak } from "../src/speech/tts/espeak.ts";

const FRAME_MS = 20;
/** quiet for this long: the assistant has finished its turn */
const TURN_IS_OVER_AFTER_MS = 900;
const TURN_WITHIN_MS = 30_000;

/** A caller with a synthesized voice, who waits for the assistant to finish before speaking. */
export function createDemoCaller(media: CallMedia, espeak: Espeak) {
  let onFrame: (isLoud: boolean) => void = () => undefined;
  media.onAudio((frame) => onFrame(frame.some((sample) => Math.abs(sample) > 300)));

  return {
    /** Resolves with how long the assistant was heard, in milliseconds. */
    listen(): Promise<number> {
      return new Promise((resolve, reject) => {
        let [loudMs, quietMs] = [0, 0];
        const timer = setTimeout(() => reject(new Error("the assistant was not heard")), TURN_WITHIN_MS);
        onFrame = (isLoud) => {
          if (isLoud) [loudMs, quietMs] = [loudMs + FRAME_MS, 0];
          else if (loudMs > 0) quietMs += FRAME_MS;
          if (quietMs < TURN_IS_OVER_AFTER_MS) return;
          onFrame = () => undefined;
          clearTimeout(timer);
          resolve(loudMs);
        };
      });
    },
    async say(text: string): Promise<void> {
      const { samples, sampleRateHz } = await espeak.synthesize(text, "en-gb");
      const spoken = new Promise<void>((resolve) => media.onPlayoutDrained(resolve));
      media.play(toTelephoneRate(samples, sampleRateHz));
      await spoken;
    },
  };
}
