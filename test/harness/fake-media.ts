import { systemClock } from "../../src/clock.ts";
import {
  FRAME_MS,
  SAMPLES_PER_FRAME,
  type Background,
  type CallMedia,
  type Digit,
} from "../../src/telephony/carrier.ts";
import { createPacer } from "../../src/telephony/rtp/pacer.ts";
import { createPlayoutQueue } from "../../src/telephony/rtp/playout-queue.ts";

/** A leg's audio without a network: what the caller says goes in, what the caller would hear is kept. In real time. */
export interface FakeMedia extends CallMedia {
  /** The caller speaks. */
  speak(samples: Int16Array): void;
  /** frames heard so far, 20 ms each */
  readonly heard: Int16Array[];
  /**
   * Resolves when the caller has heard something, then silence for `silenceMs`.
   * @param since  `now`: from now on, whatever was heard before; `last-sound`: what was heard before counts, and so does the
   *   silence that has begun already
   */
  untilQuiet(silenceMs: number, since?: "now" | "last-sound"): Promise<void>;
  /** Resolves at the first loud frame from now on. */
  untilLoud(): Promise<void>;
  press(digit: Digit): void;
  /** every background that was asked for */
  readonly backgrounds: (Background | null)[];
  close(): void;
}

export function isLoud(frame: Int16Array): boolean {
  return frame.some((sample) => Math.abs(sample) > 300);
}

/** @returns -1: nothing has been heard */
function quietSoFarMs(heard: readonly Int16Array[]): number {
  const last = heard.findLastIndex(isLoud);
  return last === -1 ? -1 : (heard.length - 1 - last) * FRAME_MS;
}

export function createFakeMedia(): FakeMedia {
  const fromCaller = createPlayoutQueue();
  const toCaller = createPlayoutQueue();
  const heard: Int16Array[] = [];
  const watchers = new Set<(frame: Int16Array) => void>();
  let onAudio: (frame: Int16Array) => void = () => undefined;
  let onDigit: (digit: Digit) => void = () => undefined;
  let onDrained: () => void = () => undefined;
  let relay: CallMedia | undefined;
  let isPaused = false;
  const backgrounds: (Background | null)[] = [];
  const leave = createPacer(systemClock).add(() => {
    const said = fromCaller.take(SAMPLES_PER_FRAME);
    if (relay) relay.play(said);
    else onAudio(said);
    const hadSomething = toCaller.length > 0 && !isPaused;
    const frame = hadSomething ? toCaller.take(SAMPLES_PER_FRAME) : new Int16Array(SAMPLES_PER_FRAME);
    heard.push(frame);
    for (const watch of watchers) watch(frame);
    if (hadSomething && toCaller.length === 0) onDrained();
  });
  return {
    onAudio: (listener) => (onAudio = listener),
    onDigit: (listener) => (onDigit = listener),
    onPlayoutDrained: (listener) => (onDrained = listener),
    play: (samples) => toCaller.add(samples),
    clearPlayout() {
      isPaused = false;
      return toCaller.clear();
    },
    pausePlayout: () => (isPaused = true),
    resumePlayout: () => (isPaused = false),
    setBackground: (background) => backgrounds.push(background),
    backgrounds,
    get queuedSamples() {
      return toCaller.length;
    },
    sendDigits: () => undefined,
    relayTo: (other) => (relay = other as CallMedia | undefined),
    setRingback: () => undefined,
    startRecording: () => undefined,
    stopRecording: () => Promise.resolve({ outcome: "nothing" }),
    startHeaderCapture: () => undefined,
    capturedHeaders: () => Promise.resolve([]),
    statistics: () => Promise.reject(new Error("nobody counts here")),
    speak: (samples) => fromCaller.add(samples),
    heard,
    untilQuiet: (silenceMs, since = "now") =>
      new Promise((resolve) => {
        let quietMs = since === "now" ? -1 : quietSoFarMs(heard);
        const watch = (frame: Int16Array) => {
          if (isLoud(frame)) quietMs = 0;
          else if (quietMs >= 0) quietMs += FRAME_MS;
          if (quietMs < silenceMs) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
      }),
    untilLoud: () =>
      new Promise((resolve) => {
        const watch = (frame: Int16Array) => {
          if (!isLoud(frame)) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
      }),
    press: (digit) => onDigit(digit),
    close: leave,
  };
}
