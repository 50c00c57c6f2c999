import type { CallMedia } from "../../src/telephony/carrier.ts";
import { isLoud } from "./fake-media.ts";
import { shareAt } from "./tone.ts";

/** What somebody at a telephone hears. */
export interface Ear {
  /** Resolves when this tone makes up most of what was heard in the last 200 ms. */
  untilTone(frequencyHz: number): Promise<void>;
  /** Resolves when something loud is heard that is not this tone. */
  untilVoice(besidesHz: number): Promise<void>;
  /** loud frames so far */
  readonly loudFrames: number;
}

const WINDOW_FRAMES = 10;

export function listenTo(media: CallMedia): Ear {
  let frames: Int16Array[] = [];
  let loudFrames = 0;
  const checks = new Set<(window: Int16Array) => void>();
  media.onAudio((frame) => {
    frames = [...frames.slice(1 - WINDOW_FRAMES), frame];
    if (isLoud(frame)) loudFrames++;
    const window = Int16Array.from(frames.flatMap((samples) => [...samples]));
    if (frames.length === WINDOW_FRAMES && frames.every(isLoud)) for (const check of checks) check(window);
  });
  const until = (isIt: (window: Int16Array) => boolean) =>
    new Promise<void>((resolve) => {
      const check = (window: Int16Array) => {
        if (!isIt(window)) return;
        checks.delete(check);
        resolve();
      };
      checks.add(check);
    });
  return {
    untilTone: (frequencyHz) => until((window) => shareAt(frequencyHz, window) > 0.8),
    untilVoice: (besidesHz) => until((window) => shareAt(besidesHz, window) < 0.2),
    get loudFrames() {
      return loudFrames;
    },
  };
}
