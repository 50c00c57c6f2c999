import { voice } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import { ReadableStream } from "node:stream/web";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";

/** The caller's audio as the agent session takes it: the call's own frames, unchanged. */
export class CallAudioInput extends voice.AudioInput {
  #controller: ReadableStreamDefaultController<AudioFrame> | undefined;
  readonly #listeners = new Set<(samples: Int16Array) => void>();

  constructor(media: CallMedia) {
    super();
    const frames = new ReadableStream<AudioFrame>({ start: (controller) => (this.#controller = controller) });
    this.multiStream.addInputStream(frames);
    media.onAudio((samples) => {
      for (const listener of this.#listeners) listener(samples);
      this.#controller?.enqueue(new AudioFrame(samples, SAMPLE_RATE_HZ, 1, samples.length));
    });
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
