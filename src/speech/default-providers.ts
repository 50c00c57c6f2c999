import type { ProviderConfiguration } from "../assistants/configuration.ts";

const NO_MODEL = "This assistant is scripted. Set a language model in its configuration to talk with it.";

/**
 * The providers of an assistant that names none: what this server can run. With an OpenAI-compatible server
 * configured, that; else the built-ins, which need no key and say that they are scripted.
 */
export function defaultProviders(options: {
  hasOpenAi: boolean;
}): Record<"llm_config" | "stt_config" | "tts_config", ProviderConfiguration> {
  if (options.hasOpenAi) {
    return {
      llm_config: { provider: "openai", model: "gpt-5.4" },
      stt_config: { provider: "openai", model: "gpt-4o-mini-transcribe", language: "multi" },
      tts_config: { provider: "openai", model: "gpt-4o-mini-tts", voice_id: "alloy" },
    };
  }
  return {
    llm_config: {
      provider: "scripted",
      model: "script-1",
      script: [{ on: "user", match: ".*", say: NO_MODEL }],
    },
    stt_config: {
      provider: "scripted",
      model: "script-1",
      language: "en",
      utterances: ["(the caller spoke)"],
    },
    tts_config: { provider: "local", voice_id: "en" },
  };
}
