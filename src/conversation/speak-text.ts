import { AudioResampler } from "@livekit/rtc-node";
import type { tts } from "@livekit/agents";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";
import type { Providers } from "../speech/providers.ts";
import type { SpeakText } from "./conversation.ts";

/** The voice of last resort, where the assistant's own cannot be had. */
const FALLBACK = { tts_config: { provider: "local", voice_id: "en" } };
/** A speech service that has said nothing by then will not. */
const SPEECH_WITHIN_MS = 10_000;

/** Speaks one text outside of any conversation: a rejection, an apology. In the assistant's voice, else in the built-in one. */
export function createSpeakText(providers: Providers): SpeakText {
  return async ({ text, configuration, media, signal }) => {
    let error = "no voice is configured";
    for (const candidate of configuration.tts_config ? [configuration, FALLBACK] : [FALLBACK]) {
      const opened = providers.openTts(candidate);
      if (opened.outcome === "unavailable") {
        error = opened.detail;
        continue;
      }
      try {
        const isSpoken = await speakInto(media, opened.provider, text, signal);
        if (isSpoken || signal.aborted) return { outcome: "spoken" };
      } catch (thrown) {
        error = (thrown as Error).message;
      } finally {
        await opened.provider.close().catch(() => undefined);
      }
    }
    return { outcome: "failed", error };
  };
}

/** @returns false when nothing came out */
async function speakInto(
  media: CallMedia,
  voice: tts.TTS,
  text: string,
  signal: AbortSignal,
): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(SPEECH_WITHIN_MS)]);
  let failure: Error | undefined;
  // An event that nobody hears would end the process.
  voice.on("error", ({ error }) => (failure = error));
  const drained = new Promise<void>((resolve) => media.onPlayoutDrained(resolve));
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  let samples = 0;
  let resampler: AudioResampler | undefined;
  for await (const { frame } of voice.synthesize(
    text,
    { maxRetry: 0, retryIntervalMs: 0, timeoutMs: SPEECH_WITHIN_MS },
    limit,
  )) {
    resampler ??= new AudioResampler(frame.sampleRate, SAMPLE_RATE_HZ, 1);
    for (const part of resampler.push(frame)) {
      media.play(Int16Array.from(part.data));
      samples += part.samplesPerChannel;
    }
  }
  for (const part of resampler?.flush() ?? []) media.play(Int16Array.from(part.data));
  resampler?.close();
  if (samples === 0) {
    if (failure) throw failure;
    return false;
  }
  if (media.queuedSamples > 0) await Promise.race([drained, aborted]);
  return true;
}
