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

/** longer than the watchdog waits for anybody */
const BEYOND_WATCHDOG_MS = 60_000;

/** No second try by the session: the providers have made theirs, within the time that a caller waits. */
const PROVIDER_LIMITS = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 20_000 };

/** Loads what all conversations share. Once a process, before the first call. */
export function prepareConversations(): void {
  initializeLogger({ pretty: false, level: "silent" });
  prepareVoiceNetwork();
}

/** But a model whose stream drops before its first word can only be asked again by the session. */
const LLM_LIMITS = { ...PROVIDER_LIMITS, maxRetry: 1, retryIntervalMs: 100 };

/** `error` is what records and webhooks say (facts 3.4). */
export type OpenAgentSessionResult =
  | {
      outcome: "opened";
      session: voice.AgentSession;
      /** has to be given the caller's audio, and closed */
      vad: CallVad;
      /** undefined: the recogniser takes the audio as it comes, and not by turns */
      turnStt: TurnStt | undefined;
    }
  | { outcome: "failed"; error: string };

/**
 * A session with the configured providers, not started yet.
 * @param over    aborted when the conversation is over: every request of the providers ends then
 * @param onDeaf  voice activity detection failed: nobody hears the caller from then on
 */
export function openAgentSession(
  configuration: AssistantConfiguration,
  providers: Providers,
  logger: Logger,
  over: AbortSignal,
  onDeaf: (error: unknown) => void,
): OpenAgentSessionResult {
  const opened = {
    tts: providers.openTts(configuration, over),
    llm: providers.openLlm(configuration, over),
    stt: providers.openStt(configuration, over),
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
  const ear = heardBy(opened.stt.provider, vad);
  const session = new voice.AgentSession({
    vad,
    stt: ear,
    llm: opened.llm.provider,
    tts: opened.tts.provider,
    turnHandling: turnHandlingOf(configuration.speech_config),
    // Telephones cancel their own echo; the warm-up would make the greeting impossible to interrupt.
    aecWarmupDuration: null,
    userAwayTimeout: null,
    // The watchdog says when a voice has failed. A shorter limit of the session's would end the sentence first, and the
    // model would be blamed for it.
    ttsReadIdleTimeout: BEYOND_WATCHDOG_MS,
    forwardAudioIdleTimeout: BEYOND_WATCHDOG_MS,
    connOptions: {
      sttConnOptions: PROVIDER_LIMITS,
      llmConnOptions: LLM_LIMITS,
      ttsConnOptions: PROVIDER_LIMITS,
      maxUnrecoverableErrors: 0,
    },
  });
  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
    lastSpeech = speechHandle;
  });
  const turnStt = ear instanceof TurnStt ? ear : undefined;
  return { outcome: "opened", session, vad, turnStt };
}
