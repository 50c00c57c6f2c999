import { inference, initializeLogger, stt, voice, type VAD } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Logger } from "../logger.ts";
import type { Providers } from "../speech/providers.ts";
import { TurnStt } from "../speech/stt/turn-stt.ts";
import { turnHandlingOf } from "./turn-taking.ts";

/** No second try by the session: the providers have made theirs, within the time that a caller waits. */
const PROVIDER_LIMITS = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 20_000 };

let sharedVad: VAD | undefined;

/** Loads what all conversations share. Once a process, before the first call. */
export function prepareConversations(): void {
  initializeLogger({ pretty: false, level: "silent" });
  sharedVad ??= new inference.VAD({ model: "silero" });
}

/** `error` is what records and webhooks say (facts 3.4). */
export type OpenAgentSessionResult =
  | { outcome: "opened"; session: voice.AgentSession }
  | { outcome: "failed"; error: string };

/** A session with the configured providers, not started yet. */
export function openAgentSession(
  configuration: AssistantConfiguration,
  providers: Providers,
  logger: Logger,
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
  if (!sharedVad) throw new Error("prepareConversations has not been called");
  const session = new voice.AgentSession({
    vad: sharedVad,
    stt: new stt.StreamAdapter(new TurnStt(opened.stt.provider), sharedVad),
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
  return { outcome: "opened", session };
}
