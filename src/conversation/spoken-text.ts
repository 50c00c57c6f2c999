import { AudioFrame, AudioResampler } from "@livekit/rtc-node";
import { ReadableStream, TransformStream } from "node:stream/web";
import { SAMPLE_RATE_HZ } from "../telephony/carrier.ts";
import { createPronouncer, type Replacement } from "./pronunciation.ts";

/** A text on its way to the voice, and how much audio has come of it: what a cut needs to say how much was heard. */
export interface SpokenText {
  /** as much as has been handed to the voice so far, before any replacement */
  text: string;
  samples: number;
  /** the voice is done: `samples` is all of it */
  isComplete: boolean;
}

/** Of which text a frame is. Weak: a frame is forgotten as soon as it is queued. */
const textOfFrame = new WeakMap<AudioFrame, SpokenText>();

export function spokenTextOf(frame: AudioFrame): SpokenText | undefined {
  return textOfFrame.get(frame);
}

/** Keeps what goes to the voice, and spells it as `pronunciation` wants it spoken. */
export function towardsVoice(
  text: ReadableStream<string>,
  spoken: SpokenText,
  replacements: readonly Replacement[],
): ReadableStream<string> {
  const pronouncer = createPronouncer(replacements);
  return text.pipeThrough(
    new TransformStream<string, string>({
      transform(part, controller) {
        spoken.text += part;
        const ready = pronouncer.push(part);
        if (ready !== "") controller.enqueue(ready);
      },
      flush(controller) {
        const rest = pronouncer.end();
        if (rest !== "") controller.enqueue(rest);
      },
    }),
  );
}

/** The voice's audio at the call's rate, each frame known by its text. (The session would resample into new frames.) */
export function fromVoice(
  frames: ReadableStream<AudioFrame>,
  spoken: SpokenText,
): ReadableStream<AudioFrame> {
  let resampler: AudioResampler | undefined;
  function put(frame: AudioFrame, controller: TransformStreamDefaultController<AudioFrame>): void {
    textOfFrame.set(frame, spoken);
    spoken.samples += frame.samplesPerChannel;
    controller.enqueue(frame);
  }
  return frames.pipeThrough(
    new TransformStream<AudioFrame, AudioFrame>({
      transform(frame, controller) {
        if (frame.sampleRate === SAMPLE_RATE_HZ) {
          put(frame, controller);
          return;
        }
        resampler ??= new AudioResampler(frame.sampleRate, SAMPLE_RATE_HZ, frame.channels);
        for (const part of resampler.push(frame)) put(part, controller);
      },
      flush(controller) {
        for (const part of resampler?.flush() ?? []) put(part, controller);
        resampler?.close();
        spoken.isComplete = true;
      },
      // A reply that is cut off, or whose voice fails: the resampler is native memory, which no collector sees.
      cancel() {
        resampler?.close();
      },
    }),
  );
}

type TransformStreamDefaultController<T> = Parameters<
  NonNullable<NonNullable<ConstructorParameters<typeof TransformStream<T, T>>[0]>["flush"]>
>[0];
