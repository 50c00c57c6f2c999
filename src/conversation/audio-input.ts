import { voice } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import { ReadableStream } from "node:stream/web";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";

/**
 * The caller's audio as the agent session takes it: the call's own frames, unchanged, for a recogniser that wants them
 * as they come. One that works turn by turn has them from voice activity, and the stream stays empty: 50 frames a
 * second through the session's streams cost 0.7 % of a core a call.
 */
export class CallAudioInput extends voice.AudioInput {
  #controller: ReadableStreamDefaultController<AudioFrame> | undefined;
  readonly #listeners = new Set<(samples: Int16Array) => void>();
  #isMuted = false;
  #isStreamed: boolean;

  /** @param hear  gets each frame first, whether the session does or not */
  constructor(media: CallMedia, options: { hear: (samples: Int16Array) => void; isStreamed: boolean }) {
    super();
    this.#isStreamed = options.isStreamed;
    const frames = new ReadableStream<AudioFrame>({ start: (controller) => (this.#controller = controller) });
    this.multiStream.addInputStream(frames);
    media.onAudio((samples) => {
      const heard = this.#isMuted ? new Int16Array(samples.length) : samples;
      options.hear(heard);
      for (const listener of this.#listeners) listener(heard);
      if (this.#isStreamed) this.#controller?.enqueue(new AudioFrame(heard, SAMPLE_RATE_HZ, 1, heard.length));
    });
  }

  /** Silence and not nothing: speech services close a stream on which nothing comes. */
  mute(isMuted: boolean): void {
    this.#isMuted = isMuted;
  }

  /** Whether the recogniser takes the audio as it comes; another one may want it otherwise. */
  setStreamed(isStreamed: boolean): void {
    this.#isStreamed = isStreamed;
  }

  /** Tells of each 20 ms of the caller's as well. @returns a function that takes the listener away */
  onFrame(listener: (samples: Int16Array) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** No more frames: the call is over. */
  end(): void {
    this.#controller?.close();
    this.#controller = undefined;
  }
}

type ReadableStreamDefaultController<T> = Parameters<
  NonNullable<ConstructorParameters<typeof ReadableStream<T>>[0]>["start"] & {}
>[0];
