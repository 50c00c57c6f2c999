import { AudioResampler } from "@livekit/rtc-node";
import type { tts } from "@livekit/agents";
import { systemClock, type Clock } from "../clock.ts";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";
import type { Providers } from "../speech/providers.ts";
import type { SpeakText } from "./conversation.ts";
import { localVoiceOf } from "./sentences.ts";

/** A voice that has said nothing by then is passed over for the next, so that silence stays under 2.5 s. */
const STARTS_WITHIN_MS = 1_500;
/** the same for the last voice there is: late is better than never */
const LAST_STARTS_WITHIN_MS = 8_000;
/** A voice that leaves the caller in silence for this long in mid-text has failed. */
const GOES_ON_WITHIN_MS = 1_500;
/** Less than this is no speech: a server that drips a byte a second has not begun. */
const PROOF_SAMPLES = SAMPLE_RATE_HZ / 10;

/**
 * Speaks one text outside of any conversation: a rejection, an apology, a question for consent. In the assistant's
 * voice, else in the built-in one.
 */
export function createSpeakText(providers: Providers, clock: Clock = systemClock): SpeakText {
  return async ({ text, configuration, media, signal }) => {
    const fallback = { tts_config: localVoiceOf(configuration) };
    // The built-in voice has nobody to take over from it, so it is not hurried either.
    const isBuiltIn = configuration.tts_config?.provider === fallback.tts_config.provider;
    const candidates = configuration.tts_config
      ? isBuiltIn
        ? [configuration]
        : [configuration, fallback]
      : [fallback];
    let error = "no voice is configured";
    for (const candidate of candidates) {
      const limit = new AbortController();
      const over = AbortSignal.any([signal, limit.signal]);
      const opened = providers.openTts(candidate, over);
      if (opened.outcome === "unavailable") {
        error = opened.detail;
        continue;
      }
      const isLast = candidate === candidates.at(-1);
      try {
        const spoken = await speakInto({
          media,
          voice: opened.provider,
          text,
          over,
          giveUp: (reason) => limit.abort(new Error(reason)),
          startsWithinMs: isLast ? LAST_STARTS_WITHIN_MS : STARTS_WITHIN_MS,
          clock,
        });
        if (signal.aborted) media.clearPlayout();
        if (signal.aborted || spoken === "to-its-end") return { outcome: "spoken" };
        // Half a sentence is said again, whole, by the next voice; by the last one it was all there is.
        if (spoken === "in-part" && isLast) return { outcome: "spoken" };
        error = "the voice said nothing";
      } catch (thrown) {
        if (signal.aborted) return { outcome: "spoken" };
        error = (thrown as Error).message;
      } finally {
        limit.abort();
        await opened.provider.close().catch(() => undefined);
      }
    }
    return { outcome: "failed", error };
  };
}

/** @throws when the voice failed before it said anything */
async function speakInto(options: {
  media: CallMedia;
  voice: tts.TTS;
  text: string;
  over: AbortSignal;
  giveUp: (reason: string) => void;
  startsWithinMs: number;
  clock: Clock;
}): Promise<"to-its-end" | "in-part" | "not-at-all"> {
  const { media, voice, over, clock, startsWithinMs } = options;
  let failure: Error | undefined;
  // An event that nobody hears would end the process.
  voice.on("error", ({ error }) => (failure = error));
  const aborted = new Promise<undefined>((resolve) => {
    if (over.aborted) resolve(undefined);
    over.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const drained = new Promise<void>((resolve) => media.onPlayoutDrained(resolve));
  let cancelLimit = clock.after(startsWithinMs, () =>
    options.giveUp(`the voice did not begin within ${startsWithinMs} ms`),
  );
  let held: Int16Array[] = [];
  let samples = 0;
  let resampler: AudioResampler | undefined;

  function take(parts: readonly { data: Int16Array; samplesPerChannel: number }[]): void {
    for (const part of parts) {
      held.push(Int16Array.from(part.data));
      samples += part.samplesPerChannel;
    }
    if (samples < PROOF_SAMPLES) return;
    for (const part of held) media.play(part);
    held = [];
    cancelLimit();
    const queuedMs = media.queuedSamples / (SAMPLE_RATE_HZ / 1_000);
    cancelLimit = clock.after(queuedMs + GOES_ON_WITHIN_MS, () =>
      options.giveUp(`the voice stopped for ${GOES_ON_WITHIN_MS} ms`),
    );
  }

  try {
    const stream = voice.synthesize(
      options.text,
      { maxRetry: 0, retryIntervalMs: 0, timeoutMs: LAST_STARTS_WITHIN_MS },
      over,
    );
    const frames = stream[Symbol.asyncIterator]();
    for (;;) {
      // Raced, because nothing makes a voice heed its signal.
      const next = await Promise.race([frames.next(), aborted]);
      if (!next || next.done) break;
      const { frame } = next.value;
      resampler ??= new AudioResampler(frame.sampleRate, SAMPLE_RATE_HZ, 1);
      take(resampler.push(frame));
    }
    if (!over.aborted) take(resampler?.flush() ?? []);
  } finally {
    cancelLimit();
    resampler?.close();
  }
  if (samples < PROOF_SAMPLES) {
    if (failure) throw failure;
    if (over.aborted) throw over.reason as Error;
    return "not-at-all";
  }
  const isCut = failure !== undefined || over.aborted;
  if (media.queuedSamples > 0) await Promise.race([drained, aborted]);
  return isCut ? "in-part" : "to-its-end";
}
