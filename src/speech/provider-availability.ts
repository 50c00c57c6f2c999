import { espeakMissing } from "./tts/espeak.ts";

export type ProviderKind = "llm" | "stt" | "tts";

/** OpenAI's, or a server of that protocol. `isOwnServer`: it may know any model and want no key. */
export interface ProviderSettings {
  openai: { apiKey: string | undefined; baseUrl: string; isOwnServer: boolean };
}

/**
 * Whether a call could use a provider now: it is built in, or there is a key for it. Apart from the providers
 * themselves, because the API asks and must not have to load them.
 */
export function isProviderConfigured(
  settings: ProviderSettings,
  kind: ProviderKind,
  provider: string,
): boolean {
  const { apiKey, isOwnServer } = settings.openai;
  if (provider === "openai") return apiKey !== undefined || isOwnServer;
  if (kind === "tts") return provider === "local" && espeakMissing() === undefined;
  return provider === "scripted";
}
