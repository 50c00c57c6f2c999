import { voice } from "@livekit/agents";
import type { AudioFrame } from "@livekit/rtc-node";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";

/**
 * The assistant's audio into the call's playout queue. The session pushes faster than it is heard; the queue plays at
 * the call's pace, and tells the session when a segment has really been heard, or how much of it before it was cut.
 * The session resamples to the rate named here.
 */
export class CallAudioOutput extends voice.AudioOutput {
  readonly #media: CallMedia;
  #segmentSamples = 0;
  #isSegmentOpen = false;
  #isSegmentComplete = false;
  #isDetached = false;
  /** told of everything that goes to playout */
  onFrame: (durationMs: number) => void = () => undefined;

  constructor(media: CallMedia) {
    super(SAMPLE_RATE_HZ, undefined, { pause: false });
    this.#media = media;
    media.onPlayoutDrained(() => this.#isSegmentComplete && this.#finish(false, this.#segmentSamples));
  }

  /** Silences the session for good: what it still says, or clears, is not the line's any more. */
  detach(): void {
    this.clearBuffer();
    this.#isDetached = true;
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    if (this.#isDetached) return;
    await super.captureFrame(frame);
    if (!this.#isSegmentOpen) {
      this.#isSegmentOpen = true;
      this.#isSegmentComplete = false;
      this.#segmentSamples = 0;
      this.onPlaybackStarted(Date.now());
    }
    // A copy: the session reuses its buffers.
    this.#media.play(Int16Array.from(frame.data));
    this.#segmentSamples += frame.samplesPerChannel;
    this.onFrame(frame.samplesPerChannel / (SAMPLE_RATE_HZ / 1_000));
  }

  override flush(): void {
    super.flush();
    if (!this.#isSegmentOpen) return;
    this.#isSegmentComplete = true;
    if (this.#media.queuedSamples === 0) this.#finish(false, this.#segmentSamples);
  }

  override clearBuffer(): void {
    if (this.#isDetached) return;
    const unheard = this.#media.clearPlayout();
    if (this.#isSegmentOpen) this.#finish(true, Math.max(0, this.#segmentSamples - unheard));
  }

  #finish(interrupted: boolean, playedSamples: number): void {
    this.#isSegmentOpen = false;
    this.#isSegmentComplete = false;
    this.onPlaybackFinished({ playbackPosition: playedSamples / SAMPLE_RATE_HZ, interrupted });
  }
}
