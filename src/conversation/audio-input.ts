import { voice } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import { ReadableStream } from "node:stream/web";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";

/** The caller's audio as the agent session takes it: the call's own frames, unchanged. */
export class CallAudioInput extends voice.AudioInput {
  #controller: ReadableStreamDefaultController<AudioFrame> | undefined;

  constructor(media: CallMedia) {
    super();
    const frames = new ReadableStream<AudioFrame>({ start: (controller) => (this.#controller = controller) });
    this.multiStream.addInputStream(frames);
    media.onAudio((samples) =>
      this.#controller?.enqueue(new AudioFrame(samples, SAMPLE_RATE_HZ, 1, samples.length)),
    );
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
