import { tokenize, tts } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import { toError } from "../../errors.ts";
import { isWorthASecondTry } from "../second-try.ts";

const FRAMES_PER_SECOND = 50;

type ConnectOptions = ConstructorParameters<typeof tts.ChunkedStream>[2];

/**
 * A voice that speaks sentence by sentence. What LiveKit's own base class does not do: a failure is an `error` event
 * and nothing else. There a chunked stream that fails also leaves a rejection that nobody can await, and the adapter
 * that the session puts around it throws for want of a listener.
 */
export abstract class SentenceTts extends tts.TTS {
  /** a sentence is about to be spoken, and then it is, or has failed */
  onSentence: () => void = () => undefined;
  onSentenceDone: () => void = () => undefined;

  constructor(sampleRateHz: number) {
    super(sampleRateHz, 1, { streaming: true });
  }

  /** Speaks one sentence: samples, mono, at this voice's rate, in parts of any length. @throws when it cannot */
  abstract speak(sentence: string, signal: AbortSignal): AsyncIterable<Int16Array>;

  override synthesize(text: string, connOptions?: ConnectOptions, signal?: AbortSignal): tts.ChunkedStream {
    return new Sentence(text, this, connOptions, signal);
  }

  override stream(options?: { connOptions?: ConnectOptions }): tts.SynthesizeStream {
    return new tts.StreamAdapterWrapper(this, new tokenize.basic.SentenceTokenizer(), options?.connOptions);
  }
}

class Sentence extends tts.ChunkedStream {
  override label = "switchhook.Sentence";
  readonly #voice: SentenceTts;
  #hasSpoken = false;

  constructor(text: string, voice: SentenceTts, connOptions?: ConnectOptions, signal?: AbortSignal) {
    super(text, voice, connOptions, signal);
    this.#voice = voice;
  }

  protected override async run(): Promise<void> {
    const startedMs = performance.now();
    this.#voice.onSentence();
    try {
      await this.#speak().catch((error: unknown) => {
        const mayBeLuck = isWorthASecondTry(error, performance.now() - startedMs);
        if (this.abortSignal.aborted || this.#hasSpoken || !mayBeLuck) throw error;
        return this.#speak();
      });
    } catch (thrown) {
      if (this.abortSignal.aborted) return;
      const { label } = this.#voice;
      const error = toError(thrown);
      this.#voice.emit("error", {
        type: "tts_error",
        timestamp: Date.now(),
        label,
        error,
        recoverable: false,
      });
    } finally {
      this.#voice.onSentenceDone();
    }
  }

  async #speak(): Promise<void> {
    for await (const part of this.#voice.speak(this.inputText, this.abortSignal)) this.#put(part);
    // A sentence without a sound would be silence that nobody answers for.
    if (!this.#hasSpoken && !this.abortSignal.aborted) throw new Error("the voice gave no audio");
  }

  #put(samples: Int16Array): void {
    const rateHz = this.#voice.sampleRate;
    const frameSamples = Math.floor(rateHz / FRAMES_PER_SECOND);
    for (let at = 0; at < samples.length; at += frameSamples) {
      const part = samples.slice(at, at + frameSamples);
      const frame = new AudioFrame(part, rateHz, 1, part.length);
      this.#hasSpoken = true;
      this.queue.put({ requestId: "", segmentId: "", frame, final: false });
    }
  }
}
