import type { llm, stt, tts } from "@livekit/agents";
import * as openai from "@livekit/agents-plugin-openai";
import { OpenAI } from "openai";
import type { AssistantConfiguration, ProviderConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import type { ScriptRule } from "./llm/script.ts";
import { ScriptedLlm } from "./llm/scripted-llm.ts";
import type { ProviderSettings } from "./provider-availability.ts";
import { OpenAiTts } from "./openai/openai-tts.ts";
import { createPatientFetch, fetchUntil, type Patience } from "./openai/patient-fetch.ts";
import { ScriptedStt } from "./stt/scripted-stt.ts";
import { espeakMissing, type Espeak } from "./tts/espeak.ts";
import { LocalTts } from "./tts/local-tts.ts";

/** `error` is what records and webhooks say (facts 3.4); `detail` is for the operator's log. */
export type OpenResult<T> =
  | { outcome: "opened"; provider: T }
  | { outcome: "unavailable"; error: string; detail: string };

export interface Providers {
  /** @param over  aborted when the conversation is over: every request of the provider ends then, whatever it waits for */
  openStt(configuration: AssistantConfiguration, over?: AbortSignal): OpenResult<stt.STT>;
  openLlm(configuration: AssistantConfiguration, over?: AbortSignal): OpenResult<llm.LLM>;
  openTts(configuration: Pick<AssistantConfiguration, "tts_config">, over?: AbortSignal): OpenResult<tts.TTS>;
}

export const STT_FAILED = "STT connection failed";
export const LLM_FAILED = "LLM connection failed";
export const TTS_FAILED = "TTS connection failed";

/** Opens the providers that a configuration names. One that is not to be had is a value, never an exception. */
export function createProviders(options: {
  settings: ProviderSettings;
  espeak: Espeak;
  clock: Clock;
  patience?: Patience;
}): Providers {
  const { apiKey, baseUrl, isOwnServer } = options.settings.openai;
  // A local server of that protocol wants no key; the client library insists on one.
  const key = apiKey ?? (isOwnServer ? "none" : undefined);
  // Tries again and limits of time are the fetch's, so that they are the same for all three.
  const patientFetch = createPatientFetch(options.clock, options.patience);
  const common =
    key === undefined
      ? undefined
      : new OpenAI({ apiKey: key, baseURL: baseUrl, maxRetries: 0, fetch: patientFetch });
  const clientUntil = (over: AbortSignal | undefined) =>
    over && common ? common.withOptions({ fetch: fetchUntil(over, patientFetch) }) : common;

  function open<T>(
    error: string,
    config: ProviderConfiguration | null | undefined,
    table: Record<string, () => T | string>,
  ): OpenResult<T> {
    if (!config) return { outcome: "unavailable", error, detail: "no provider is configured" };
    const opener = table[config.provider];
    if (!opener)
      return {
        outcome: "unavailable",
        error,
        detail: `provider ${config.provider} is not supported by this version`,
      };
    try {
      const opened = opener();
      if (typeof opened === "string") return { outcome: "unavailable", error, detail: opened };
      return { outcome: "opened", provider: opened };
    } catch (thrown) {
      return {
        outcome: "unavailable",
        error,
        detail: `provider ${config.provider}: ${(thrown as Error).message}`,
      };
    }
  }

  const NO_KEY = "OPENAI_API_KEY is not set";

  return {
    openStt({ stt_config: config }, over) {
      const client = clientUntil(over);
      return open<stt.STT>(STT_FAILED, config, {
        scripted: () => new ScriptedStt(texts(config?.["utterances"])),
        openai: () => {
          if (!client) return NO_KEY;
          const language = config?.["language"];
          return new openai.STT({
            client,
            // Asked for even where a client is given.
            apiKey: client.apiKey ?? "",
            model: config?.model ?? "gpt-4o-mini-transcribe",
            useRealtime: false,
            vad: null,
            ...(typeof language === "string" && language !== "multi"
              ? { language }
              : { detectLanguage: true }),
          });
        },
      });
    },
    openLlm({ llm_config: config }, over) {
      const client = clientUntil(over);
      return open<llm.LLM>(LLM_FAILED, config, {
        scripted: () => new ScriptedLlm((config?.["script"] ?? []) as ScriptRule[]),
        openai: () => {
          if (!client) return NO_KEY;
          const { temperature, max_completion_tokens: maxTokens } = config!;
          return new openai.LLM({
            client,
            model: config?.model ?? "gpt-5.4",
            strictToolSchema: false,
            ...(typeof temperature === "number" && { temperature }),
            ...(typeof maxTokens === "number" && { maxCompletionTokens: maxTokens }),
          });
        },
      });
    },
    openTts({ tts_config: config }, over) {
      const client = clientUntil(over);
      return open<tts.TTS>(TTS_FAILED, config, {
        local: () => espeakMissing() ?? new LocalTts(options.espeak, text(config?.["voice_id"]) ?? "en"),
        openai: () => {
          if (!client) return NO_KEY;
          return new OpenAiTts(client, {
            model: config?.model ?? "gpt-4o-mini-tts",
            voice: text(config?.["voice_id"]) ?? "alloy",
          });
        },
      });
    },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
