import type { CatalogEntry } from "./entry.ts";
import { defaultFirst, GOOGLE_VOICES, XAI_VOICES } from "./voices.ts";

const TOKENS = "per_1m_tokens_in_out";

/** Facts 4.2, 15.1, 15.5. */
export const LLM_CATALOG = {
  openai: {
    kind: "text",
    // prettier-ignore
    models: [
      "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.2", "gpt-5.1", "gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-4.1",
      "gpt-4.1-mini", "gpt-4.1-nano", "gpt-5.6-luna", "gpt-5.6-terra", "gpt-5.6-sol", "gpt-4o-mini",
    ],
    legacyModels: ["gpt-4o-mini", "gpt-4.1-nano", "gpt-5-nano"],
    keys: ["openai_secret_id"],
    postcallModel: "gpt-5.4-mini",
    pricingUnit: TOKENS,
    pinnedReasoningEffort: {
      "gpt-5.6-luna": "none",
      "gpt-5.6-terra": "none",
      "gpt-5.6-sol": "none",
      "gpt-5.4": "none",
      "gpt-5.4-mini": "none",
      "gpt-5.4-nano": "none",
    },
  },
  xai: {
    kind: "text",
    models: ["grok-4.3"],
    keys: ["xai_secret_id"],
    postcallModel: "grok-4.3",
    pricingUnit: TOKENS,
    pinnedReasoningEffort: { "grok-4.3": "none" },
  },
  mistral: {
    kind: "text",
    // prettier-ignore
    models: [
      "mistral-medium-latest", "mistral-small-latest", "mistral-large-latest", "ministral-8b-latest",
      "ministral-14b-latest", "ministral-3b-latest",
    ],
    keys: ["mistral_secret_id"],
    postcallModel: "mistral-medium-latest",
    pricingUnit: TOKENS,
  },
  google: {
    kind: "text",
    models: ["gemini-3.5-flash-lite", "gemini-3.5-flash", "gemini-2.5-flash-lite", "gemini-2.5-flash"],
    keys: ["google_vertex_secret_id"],
    postcallModel: "gemini-2.5-flash-lite",
    pricingUnit: TOKENS,
    locations: {
      "gemini-3.5-flash-lite": "eu",
      "gemini-3.5-flash": "eu",
      "gemini-2.5-flash-lite": "europe-west4",
      "gemini-2.5-flash": "europe-west4",
    },
  },
  google_realtime: {
    kind: "realtime",
    // prettier-ignore
    models: [
      "gemini-live-2.5-flash-native-audio", "gemini-2.5-flash-native-audio-preview-12-2025",
      "gemini-3.1-flash-live-preview", "gemini-3.8-live",
    ],
    legacyModels: ["gemini-2.5-flash-native-audio-preview-12-2025"],
    voices: defaultFirst("Puck", GOOGLE_VOICES),
    keys: ["google_secret_id", "google_vertex_secret_id"],
    modelKeys: {
      "gemini-live-2.5-flash-native-audio": "google_vertex_secret_id",
      "gemini-2.5-flash-native-audio-preview-12-2025": "google_secret_id",
      "gemini-3.1-flash-live-preview": "google_secret_id",
      "gemini-3.8-live": "google_secret_id",
    },
    postcallModel: {
      google_secret_id: "gemini-3.5-flash-lite",
      google_vertex_secret_id: "gemini-2.5-flash-lite",
    },
    pricingUnit: "per_1m_audio_tokens_in_out",
  },
  xai_realtime: {
    kind: "realtime",
    models: ["grok-voice-think-fast-2.0"],
    voices: XAI_VOICES,
    keys: ["xai_secret_id"],
    postcallModel: "grok-4.3",
    pricingUnit: "per_minute",
  },
  openai_live: {
    kind: "realtime",
    models: ["gpt-live-1"],
    voices: ["marin", "beacon", "cinder", "stone", "vesper"],
    keys: ["openai_secret_id"],
    postcallModel: "gpt-5.4-mini",
    pricingUnit: "per_minute",
  },
  scripted: { kind: "text", models: ["script-1"], keys: [], pricingUnit: null, isExtension: true },
} as const satisfies Record<string, CatalogEntry>;

/** The model behind openai_live that reasons and calls tools (facts 15.1). */
export const OPENAI_LIVE_DELEGATES = ["gpt-5.6-luna"] as const;

export function isRealtimeProvider(provider: string): boolean {
  return (
    Object.hasOwn(LLM_CATALOG, provider) &&
    LLM_CATALOG[provider as keyof typeof LLM_CATALOG].kind === "realtime"
  );
}
