import type { CatalogEntry } from "./entry.ts";
import { defaultFirst, GOOGLE_VOICES, XAI_VOICES } from "./voices.ts";

const PLAIN = ["similarity_boost", "use_speaker_boost", "speed", "style"] as const;

/** Facts 4.3, 15.3. */
export const TTS_CATALOG = {
  elevenlabs: {
    aliases: ["11labs"],
    // prettier-ignore
    models: [
      "eleven_flash_v2_5", "eleven_v4_turbo", "eleven_v4", "eleven_v3", "eleven_multilingual_v2", "eleven_turbo_v2_5",
    ],
    voices: null,
    keys: ["elevenlabs_secret_id"],
    pricingUnit: "per_1k_chars",
    refusedSettings: { eleven_v4_turbo: PLAIN, eleven_v4: PLAIN, eleven_v3: PLAIN },
  },
  inworld: {
    models: ["inworld-tts-2", "inworld-tts-2-flash", "inworld-tts-1.5-max", "inworld-tts-1.5-mini"],
    legacyModels: ["inworld-tts-1.5-max", "inworld-tts-1.5-mini"],
    voices: null,
    keys: ["inworld_secret_id"],
    pricingUnit: "per_1m_chars",
  },
  google: {
    // prettier-ignore
    models: [
      "gemini-3.1-flash-tts-preview", "gemini-2.5-flash-preview-tts", "gemini-2.5-pro-preview-tts", "chirp-3-hd",
    ],
    voices: defaultFirst("Kore", GOOGLE_VOICES),
    keys: ["google_secret_id", "google_vertex_secret_id"],
    modelKeys: {
      "gemini-3.1-flash-tts-preview": "google_secret_id",
      "gemini-2.5-flash-preview-tts": "google_secret_id",
      "gemini-2.5-pro-preview-tts": "google_secret_id",
      "chirp-3-hd": "google_vertex_secret_id",
    },
    pricingUnit: {
      "gemini-3.1-flash-tts-preview": "per_1m_tokens",
      "gemini-2.5-flash-preview-tts": "per_1m_tokens",
      "gemini-2.5-pro-preview-tts": "per_1m_tokens",
      "chirp-3-hd": "per_1m_chars",
    },
    locations: { "chirp-3-hd": "eu" },
  },
  xai: { models: null, voices: XAI_VOICES, keys: ["xai_secret_id"], pricingUnit: "per_1m_chars" },
  voicedock: { models: ["voicedock-1"], voices: ["voicedock"], keys: [], pricingUnit: "per_1m_chars" },
  openai: { models: null, voices: null, keys: ["openai_secret_id"], pricingUnit: null, isExtension: true },
  local: { models: null, voices: null, keys: [], pricingUnit: null, isExtension: true },
} as const satisfies Record<string, CatalogEntry>;
