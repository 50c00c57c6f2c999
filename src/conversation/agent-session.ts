import { initializeLogger, voice, type stt } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Logger } from "../logger.ts";
import type { Providers } from "../speech/providers.ts";
import { TurnStt } from "../speech/stt/turn-stt.ts";
import { CallVad, prepareVoiceNetwork } from "../speech/vad/call-vad.ts";
import { HEARD_AFTER_MS } from "../telephony/carrier.ts";
import { turnHandlingOf } from "./turn-taking.ts";

/** A recogniser as the session takes it. */
export function heardBy(recogniser: stt.STT, vad: CallVad): stt.STT {
  return recogniser.capabilities.streaming ? recogniser : new TurnStt(recogniser, vad);
}

/** No second try by the session: the providers have made theirs, within the time that a caller waits. */
const PROVIDER_LIMITS = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 20_000 };

/** Loads what all conversations share. Once a process, before the first call. */
export function prepareConversations(): void {
  initializeLogger({ pretty: false, level: "silent" });
  prepareVoiceNetwork();
}

/** `error` is what records and webhooks say (facts 3.4). */
export type OpenAgentSessionResult =
  | {
      outcome: "opened";
      session: voice.AgentSession;
      /** has to be given the caller's audio, and closed */
      vad: CallVad;
      /** the recogniser takes the audio as it comes, and not by turns */
      isStreamed: boolean;
    }
  | { outcome: "failed"; error: string };

/**
 * A session with the configured providers, not started yet.
 * @param onDeaf  voice activity detection failed: nobody hears the caller from then on
 */
export function openAgentSession(
  configuration: AssistantConfiguration,
  providers: Providers,
  logger: Logger,
  onDeaf: (error: unknown) => void,
): OpenAgentSessionResult {
  const opened = {
    tts: providers.openTts(configuration),
    llm: providers.openLlm(configuration),
    stt: providers.openStt(configuration),
  };
  for (const provider of Object.values(opened)) {
    if (provider.outcome === "opened") continue;
    logger.warn({ error: provider.error, detail: provider.detail }, "a provider is not available");
    return { outcome: "failed", error: provider.error };
  }
  if (opened.tts.outcome !== "opened" || opened.llm.outcome !== "opened" || opened.stt.outcome !== "opened") {
    throw new Error("unreachable: every provider was opened");
  }
  let lastSpeech: voice.SpeechHandle | undefined;
  const vad = new CallVad({
    delayMs: HEARD_AFTER_MS,
    // What the caller says into something that may not be interrupted is not recognised.
    isDeaf: () =>
      lastSpeech !== undefined &&
      !lastSpeech.done() &&
      !lastSpeech.interrupted &&
      !lastSpeech.allowInterruptions,
    onError: onDeaf,
  });
  const isStreamed = opened.stt.provider.capabilities.streaming;
  const session = new voice.AgentSession({
    vad,
    stt: heardBy(opened.stt.provider, vad),
    llm: opened.llm.provider,
    tts: opened.tts.provider,
    turnHandling: turnHandlingOf(configuration.speech_config),
    // Telephones cancel their own echo; the warm-up would make the greeting impossible to interrupt.
    aecWarmupDuration: null,
    userAwayTimeout: null,
    connOptions: {
      sttConnOptions: PROVIDER_LIMITS,
      llmConnOptions: PROVIDER_LIMITS,
      ttsConnOptions: PROVIDER_LIMITS,
      maxUnrecoverableErrors: 0,
    },
  });
  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => (lastSpeech = speechHandle));
  return { outcome: "opened", session, vad, isStreamed };
}
