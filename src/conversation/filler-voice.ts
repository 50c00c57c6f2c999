import { AudioResampler } from "@livekit/rtc-node";
import type { tts } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { within, type Clock } from "../clock.ts";
import type { Providers } from "../speech/providers.ts";
import { SAMPLE_RATE_HZ } from "../telephony/carrier.ts";
import { localVoiceOf } from "./sentences.ts";

/**
 * The audio of short sentences that have to be there at once. In the assistant's own voice where it has spoken the
 * sentence before, or does in time; else in the built-in one, which needs 50 ms.
 */
export interface FillerVoice {
  /** Lets the assistant's voice begin. Never rejects. */
  prepare(sentence: string): void;
  /** @returns samples for the playout queue; undefined when there is no voice at all */
  speak(sentence: string): Promise<Int16Array | undefined>;
}

/** A sentence of a second is 16 kB. The same few are said in every call, so a voice pays for each once a process. */
const KEPT = new Map<string, Int16Array>();
const KEPT_AT_MOST = 256;
const VOICE_WITHIN_MS = 8_000;
/** how long `speak` still waits for a voice that was asked before: the rest of the 2.5 s */
const OWN_VOICE_WITHIN_MS = 150;
/** late is better than never: it is the last voice there is */
const LOCAL_VOICE_WITHIN_MS = 3_000;
const SHORTEST_SAMPLES = SAMPLE_RATE_HZ / 5;

/** @param over  aborted when the conversation is over: nothing is synthesised any more */
export function createFillerVoice(options: {
  providers: Providers;
  configuration: Pick<AssistantConfiguration, "tts_config" | "stt_config">;
  over: AbortSignal;
  clock: Clock;
}): FillerVoice {
  const { providers, configuration, over, clock } = options;
  const own = configuration.tts_config;
  const local = localVoiceOf(configuration);
  const underWay = new Map<string, Promise<Int16Array | undefined>>();

  function synthesise(
    voice: NonNullable<typeof own>,
    sentence: string,
    withinMs: number,
  ): Promise<Int16Array | undefined> {
    const key = JSON.stringify([voice, sentence]);
    const kept = KEPT.get(key);
    if (kept) return Promise.resolve(kept);
    const running = underWay.get(key);
    if (running) return running;
    const result = samplesOf({ providers, voice, sentence, withinMs, over, clock })
      .catch(() => undefined)
      .then((samples) => {
        underWay.delete(key);
        if (!samples || samples.length < SHORTEST_SAMPLES) return undefined;
        if (KEPT.size >= KEPT_AT_MOST) KEPT.delete(KEPT.keys().next().value!);
        KEPT.set(key, samples);
        return samples;
      });
    underWay.set(key, result);
    return result;
  }

  return {
    prepare(sentence) {
      if (own) void synthesise(own, sentence, VOICE_WITHIN_MS);
    },
    async speak(sentence) {
      if (own) {
        const spoken = synthesise(own, sentence, VOICE_WITHIN_MS);
        const samples = await within(clock, OWN_VOICE_WITHIN_MS, spoken, () => undefined);
        if (samples) return samples;
      }
      return synthesise(local, sentence, LOCAL_VOICE_WITHIN_MS);
    },
  };
}

async function samplesOf(options: {
  providers: Providers;
  voice: { provider: string };
  sentence: string;
  withinMs: number;
  over: AbortSignal;
  clock: Clock;
}): Promise<Int16Array | undefined> {
  const limit = new AbortController();
  const cancel = options.clock.after(options.withinMs, () => limit.abort());
  const until = AbortSignal.any([options.over, limit.signal]);
  const opened = options.providers.openTts({ tts_config: options.voice }, until);
  if (opened.outcome === "unavailable" || until.aborted) {
    cancel();
    return undefined;
  }
  const aborted = new Promise<undefined>((resolve) =>
    until.addEventListener("abort", () => resolve(undefined), { once: true }),
  );
  try {
    return await Promise.race([collect(opened.provider, options.sentence, until), aborted]);
  } finally {
    cancel();
    limit.abort();
    await opened.provider.close().catch(() => undefined);
  }
}

/** @returns undefined when the voice failed before the end: half a sentence is not kept */
async function collect(
  voice: tts.TTS,
  sentence: string,
  signal: AbortSignal,
): Promise<Int16Array | undefined> {
  let hasFailed = false;
  // An event that nobody hears would end the process.
  voice.on("error", () => (hasFailed = true));
  const parts: Int16Array[] = [];
  let resampler: AudioResampler | undefined;
  const limits = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: VOICE_WITHIN_MS };
  try {
    for await (const { frame } of voice.synthesize(sentence, limits, signal)) {
      resampler ??= new AudioResampler(frame.sampleRate, SAMPLE_RATE_HZ, 1);
      for (const part of resampler.push(frame)) parts.push(Int16Array.from(part.data));
    }
    for (const part of resampler?.flush() ?? []) parts.push(Int16Array.from(part.data));
  } finally {
    resampler?.close();
  }
  if (hasFailed || signal.aborted) return undefined;
  const samples = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}
