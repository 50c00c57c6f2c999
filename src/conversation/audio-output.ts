import { voice } from "@livekit/agents";
import type { AudioFrame } from "@livekit/rtc-node";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";
import { heardText, USUAL_MS_PER_CHARACTER } from "./heard-text.ts";
import { spokenTextOf, type SpokenText } from "./spoken-text.ts";

/** `text` is undefined where audio is not known by its text. */
export interface Heard {
  text: string | undefined;
}

const MS_PER_SAMPLE = 1_000 / SAMPLE_RATE_HZ;

/**
 * The assistant's audio into the call's playout queue. The session pushes faster than it is heard; the queue plays at
 * the call's pace, and tells the session when a segment has really been heard, or how much of it before it was cut.
 * The session may hold it, and let it go on where it stopped: an interruption that turns out to be none.
 */
export class CallAudioOutput extends voice.AudioOutput {
  readonly #media: CallMedia;
  #segmentSamples = 0;
  #segmentText: SpokenText | undefined;
  #isSegmentOpen = false;
  #isSegmentComplete = false;
  #isPaused = false;
  #isStartUntold = false;
  #msPerCharacter = USUAL_MS_PER_CHARACTER;
  #lastHeard: Heard | undefined;
  #isDetached = false;
  /** told of everything that goes to playout */
  onFrame: (durationMs: number) => void = () => undefined;

  constructor(media: CallMedia) {
    super(SAMPLE_RATE_HZ, undefined, { pause: true });
    this.#media = media;
    media.onPlayoutDrained(() => this.#isSegmentComplete && this.#finish(false, this.#segmentSamples));
  }

  /** What was heard of the segment that finished last; undefined when there was none since it was last asked for. */
  takeHeard(): Heard | undefined {
    const heard = this.#lastHeard;
    this.#lastHeard = undefined;
    return heard;
  }

  /** What has been heard so far of the segment that is being played; undefined: of none, or of one without a text. */
  heardSoFar(): string | undefined {
    if (!this.#isSegmentOpen || !this.#segmentText) return undefined;
    return this.#heardOf(this.#segmentText, Math.max(0, this.#segmentSamples - this.#media.queuedSamples));
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
      this.#segmentText = spokenTextOf(frame);
      this.#isStartUntold = true;
      this.#tellStart();
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
    this.#isPaused = false;
    if (this.#isSegmentOpen) this.#finish(true, Math.max(0, this.#segmentSamples - unheard));
  }

  override pause(): void {
    super.pause();
    this.#isPaused = true;
    this.#media.pausePlayout();
  }

  override resume(): void {
    super.resume();
    this.#isPaused = false;
    this.#media.resumePlayout();
    this.#tellStart();
  }

  /** Not while it is held: nothing of it is heard yet. */
  #tellStart(): void {
    if (!this.#isStartUntold || this.#isPaused) return;
    this.#isStartUntold = false;
    this.onPlaybackStarted(Date.now());
  }

  #finish(interrupted: boolean, playedSamples: number): void {
    this.#isSegmentOpen = false;
    this.#isSegmentComplete = false;
    this.#isStartUntold = false;
    const spoken = this.#segmentText;
    const heard = spoken && this.#heardOf(spoken, playedSamples);
    this.#lastHeard = { text: heard };
    this.onPlaybackFinished({
      playbackPosition: playedSamples / SAMPLE_RATE_HZ,
      interrupted,
      ...(interrupted && heard !== undefined && { synchronizedTranscript: heard }),
    });
  }

  #heardOf({ text, samples, isComplete }: SpokenText, playedSamples: number): string {
    const totalMs = samples * MS_PER_SAMPLE;
    if (isComplete && totalMs > 0 && text.length > 0) this.#msPerCharacter = totalMs / text.length;
    return heardText({
      text,
      playedMs: playedSamples * MS_PER_SAMPLE,
      totalMs: isComplete ? totalMs : undefined,
      msPerCharacter: this.#msPerCharacter,
    });
  }
}
