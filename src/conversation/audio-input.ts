import { voice } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import { ReadableStream } from "node:stream/web";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";

/** The caller's audio as the agent session takes it: the call's own frames, unchanged, or silence in their place. */
export class CallAudioInput extends voice.AudioInput {
  #controller: ReadableStreamDefaultController<AudioFrame> | undefined;
  #isMuted = false;

  constructor(media: CallMedia) {
    super();
    const frames = new ReadableStream<AudioFrame>({ start: (controller) => (this.#controller = controller) });
    this.multiStream.addInputStream(frames);
    media.onAudio((samples) => {
      const heard = this.#isMuted ? new Int16Array(samples.length) : samples;
      this.#controller?.enqueue(new AudioFrame(heard, SAMPLE_RATE_HZ, 1, heard.length));
    });
  }

  /** Silence and not nothing: speech services close a stream on which nothing comes. */
  mute(isMuted: boolean): void {
    this.#isMuted = isMuted;
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
