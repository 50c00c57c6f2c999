import { VAD, VADEventType, VADStream, type VADEvent } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import localInference from "@livekit/local-inference";
import { createEnergyGate } from "./energy-gate.ts";
import { createSpeechDetector, WINDOW_MS, type DetectedWindow } from "./speech-detector.ts";
import { createTurnAudio } from "./turn-audio.ts";
import { createUpsampler } from "./upsample.ts";

// CommonJS: what it exports is known only once it runs.
const { createVad, initVad, VAD_WINDOW_SAMPLES } = localInference;

/** of the call's audio, half as many as at the network's rate */
const WINDOW_SAMPLES = VAD_WINDOW_SAMPLES / 2;
const SILENCE = new Int16Array(WINDOW_SAMPLES);
/** 128 ms: longer than what a voice needs to become audible */
const CONTEXT_WINDOWS = 4;
/** measured: 40 to 120 ms; more would be a voice that fades and goes on below the noise */
const LONGEST_BELIEF_MS = 4 * WINDOW_MS;

/**
 * Voice activity of one call, for everybody who asks: the session's turn-taking and the recogniser's turns come from
 * one pass of the network over the caller's audio. LiveKit's own detector is one for each of them, takes the audio
 * through a dozen streams and its resampler, and asks the network about silence too: 1.5 % of a core a call that says
 * nothing, where this needs a twentieth (docs/decisions/0036).
 *
 * The audio comes from the call itself, by `hear`; what the session would stream in is read and dropped.
 */
export class CallVad extends VAD {
  override label = "switchhook.CallVad";
  readonly #network = createVad();
  readonly #upsample = createUpsampler();
  readonly #gate = createEnergyGate();
  readonly #audio = createTurnAudio();
  readonly #delayMs: number;
  readonly #isDeaf: () => boolean;
  readonly #onError: (error: unknown) => void;
  readonly #streams = new Set<CallVadStream>();
  readonly #listeners = new Set<TurnListener>();
  readonly #window = new Int16Array(WINDOW_SAMPLES);
  #filled = 0;
  #detector = createSpeechDetector();
  #wasOpen = true;
  #wasQuiet = false;
  #isOver = false;
  #windows = 0;
  /** windows that wait for the network, which answers one after the other */
  #waiting: Waiting[] = [];
  #isAsking = false;

  /**
   * @param options.delayMs  how long ago it was said what is heard: waits that count from the end of speech count from
   *                         when it ended, and not from when we know
   * @param options.isDeaf   whether what the caller says now is not for the recogniser (the assistant is saying
   *                         something that may not be interrupted)
   * @param options.onError  the network failed: nobody hears the caller from then on
   */
  constructor(options: { delayMs: number; isDeaf: () => boolean; onError: (error: unknown) => void }) {
    super({ updateInterval: WINDOW_MS });
    this.#delayMs = options.delayMs;
    this.#isDeaf = options.isDeaf;
    this.#onError = options.onError;
  }

  override stream(): VADStream {
    const stream = new CallVadStream(this, {
      forget: () => (this.#detector = createSpeechDetector()),
      leave: () => this.#streams.delete(stream),
    });
    this.#streams.add(stream);
    return stream;
  }

  /** @returns a function that takes the listener out again */
  onTurn(listener: TurnListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param samples  of the caller, at telephone rate, any length */
  hear(samples: Int16Array): void {
    for (let at = 0; at < samples.length && !this.#isOver;) {
      const part = samples.subarray(at, at + WINDOW_SAMPLES - this.#filled);
      this.#window.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < WINDOW_SAMPLES) return;
      this.#filled = 0;
      this.#take(this.#window.slice());
    }
  }

  override close(): Promise<void> {
    this.#isOver = true;
    this.#waiting = [];
    this.#listeners.clear();
    return Promise.resolve();
  }

  #take(samples: Int16Array): void {
    const isOpen = this.#gate.isOpen(samples, this.#detector.isSpeaking);
    // What came just before the gate opened may be how the word begins, and the network judges by what it heard before.
    if (isOpen && !this.#wasOpen) {
      for (const before of this.#audio.last(CONTEXT_WINDOWS))
        this.#waiting.push({ samples: before, kind: "again" });
    }
    this.#wasOpen = isOpen;
    const heard = this.#isDeaf() ? SILENCE : samples;
    const quietMs = this.#gate.quietWindows * WINDOW_MS;
    this.#waiting.push({ samples, heard, quietMs, kind: isOpen ? "asked" : "quiet" });
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        if (next.kind !== "again") this.#windows++;
        if (next.kind === "quiet") {
          this.#audio.add(next.heard);
          continue;
        }
        const startedMs = performance.now();
        const probability = await this.#network.predict(this.#upsample(next.samples));
        if (this.#isOver) return;
        if (next.kind === "asked") this.#audio.add(next.heard);
        const inferenceMs = performance.now() - startedMs;
        const quietMs = next.kind === "asked" ? next.quietMs : 0;
        this.#tell(this.#detector.take(probability), { probability, inferenceMs, quietMs });
      }
    } catch (error) {
      this.#isOver = true;
      this.#onError(error);
    } finally {
      this.#isAsking = false;
    }
  }

  #tell(window: DetectedWindow, asked: { probability: number; inferenceMs: number; quietMs: number }): void {
    const { probability, inferenceMs: inferenceDuration } = asked;
    const event = {
      samplesIndex: this.#windows * VAD_WINDOW_SAMPLES,
      timestamp: this.#windows * WINDOW_MS,
      probability,
      inferenceDuration,
      speechDuration: window.speechMs,
      silenceDuration: window.silenceMs,
      speaking: window.isSpeaking,
      frames: [],
      rawAccumulatedSpeech: window.unbrokenSpeechMs,
      rawAccumulatedSilence: window.unbrokenSilenceMs,
    };
    // Of a silence that goes on the session has nothing to learn after its first window.
    const isQuiet = !window.isSpeaking && window.change === undefined && window.unbrokenSpeechMs === 0;
    if (!isQuiet || !this.#wasQuiet) this.#send({ ...event, type: VADEventType.INFERENCE_DONE });
    this.#wasQuiet = isQuiet;
    if (window.change === "started") {
      this.#audio.begin();
      this.#send({ ...event, type: VADEventType.START_OF_SPEECH, frames: [frameOf(SILENCE)] });
      for (const listener of this.#listeners) listener.began();
    }
    if (window.change === "ended") {
      const samples = this.#audio.end();
      // The network goes on believing in a voice for a moment after its last sound.
      const believedMs = Math.min(Math.max(0, asked.quietMs - window.silenceMs), LONGEST_BELIEF_MS);
      const lateMs = inferenceDuration + believedMs + this.#delayMs;
      // What the session takes off for the time that the network took is taken off for all of it.
      this.#send({ ...event, type: VADEventType.END_OF_SPEECH, inferenceDuration: lateMs });
      const endedAt = Date.now() - window.silenceMs - lateMs;
      for (const listener of this.#listeners) listener.ended({ samples, endedAt });
    }
  }

  #send(event: VADEvent): void {
    for (const stream of this.#streams) stream.tell(event);
  }
}

/** One utterance of the caller. */
export interface HeardTurn {
  /** at telephone rate, with half a second of what came before it; all zero: nothing of it was for the recogniser */
  samples: Int16Array;
  /** Unix time in ms */
  endedAt: number;
}

export interface TurnListener {
  began(): void;
  ended(turn: HeardTurn): void;
}

type Waiting =
  | { kind: "asked" | "quiet"; samples: Int16Array; heard: Int16Array; quietMs: number }
  /** heard before, and judged now because something stands out after it */
  | { kind: "again"; samples: Int16Array };

/** Loads the network, which all calls share. Once a process, before the first call. */
export function prepareVoiceNetwork(): void {
  initVad();
}

export function frameOf(samples: Int16Array): AudioFrame {
  return new AudioFrame(samples, 8_000, 1, samples.length);
}

class CallVadStream extends VADStream {
  readonly #owner: { forget: () => void; leave: () => void };
  #reader: { cancel(): Promise<void> } | undefined;

  constructor(vad: VAD, owner: { forget: () => void; leave: () => void }) {
    super(vad);
    this.#owner = owner;
  }

  tell(event: VADEvent): void {
    this.sendVADEvent(event);
  }

  /** Read, so that a stream that has two ends does not pile up at this one. */
  override updateInputStream(frames: Parameters<VADStream["updateInputStream"]>[0]): void {
    const reader = frames.getReader();
    this.#reader = reader;
    const drain = async () => {
      while (!(await reader.read()).done);
    };
    drain().catch(() => undefined);
  }

  override detachInputStream(): void {
    void this.#reader?.cancel().catch(() => undefined);
  }

  /** The session takes the speech for over, whatever is heard: what comes next is another. */
  override flush(): void {
    this.#owner.forget();
  }

  override close(): void {
    this.#owner.leave();
    super.close();
  }
}
