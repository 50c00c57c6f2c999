import { WINDOW_MS } from "./speech-detector.ts";

/** The audio of what a caller says, with a little of what came before it: recognisers need the beginning whole. Pure. */
export interface TurnAudio {
  add(window: Int16Array): void;
  /** The newest windows, oldest first. */
  last(count: number): readonly Int16Array[];
  /** From here on everything is kept. */
  begin(): void;
  /** @returns what was kept since `begin`, and half a second before it */
  end(): Int16Array;
}

const KEPT_BEFORE = Math.ceil(500 / WINDOW_MS);
/** A minute: who talks longer than that without a pause is a recording, and what is beyond it is dropped. */
const MOST_WINDOWS = 60_000 / WINDOW_MS;

export function createTurnAudio(): TurnAudio {
  let windows: Int16Array[] = [];
  let isKept = false;
  return {
    add(window) {
      if (isKept && windows.length >= MOST_WINDOWS) return;
      windows.push(window);
      if (!isKept && windows.length > KEPT_BEFORE) windows.shift();
    },
    last: (count) => windows.slice(-count),
    begin: () => (isKept = true),
    end() {
      const samples = new Int16Array(windows.reduce((total, { length }) => total + length, 0));
      let at = 0;
      for (const window of windows) {
        samples.set(window, at);
        at += window.length;
      }
      isKept = false;
      windows = windows.slice(-KEPT_BEFORE);
      return samples;
    },
  };
}
