import type { CatalogEntry } from "./entry.ts";

/** Facts 4.1, 15.2. */
export const STT_CATALOG = {
  deepgram: {
    models: ["nova-3", "nova-3-general"],
    keys: ["deepgram_secret_id"],
    pricingUnit: "per_minute_streaming",
  },
  elevenlabs: { models: ["scribe_v2_realtime"], keys: ["elevenlabs_secret_id"], pricingUnit: "per_hour" },
  gladia: { models: ["solaria-1"], keys: ["gladia_secret_id"], pricingUnit: "per_hour" },
  mistral: { models: ["voxtral-mini-latest"], keys: ["mistral_secret_id"], pricingUnit: "per_minute" },
  google: {
    models: ["chirp_3"],
    keys: ["google_vertex_secret_id"],
    pricingUnit: "per_minute_streaming",
    locations: { chirp_3: "eu" },
  },
  openai: { models: null, keys: ["openai_secret_id"], pricingUnit: null, isExtension: true },
  scripted: { models: ["script-1"], keys: [], pricingUnit: null, isExtension: true },
} as const satisfies Record<string, CatalogEntry>;

/** What `stt_config.language` may be, and the tags it stands for (facts 15.2). */
export const STT_LANGUAGES = {
  multi: ["nl-NL", "en-US"],
  nl: ["nl-NL"],
  en: ["en-US"],
  de: ["de-DE"],
  fr: ["fr-FR"],
  es: ["es-ES"],
  it: ["it-IT"],
  pt: ["pt-PT"],
  pl: ["pl-PL"],
  ru: ["ru-RU"],
  ja: ["ja-JP"],
  ko: ["ko-KR"],
  zh: ["cmn-Hans-CN"],
  ar: ["ar-XA"],
  hi: ["hi-IN"],
  da: ["da-DK"],
  sv: ["sv-SE"],
  no: ["nb-NO"],
  fi: ["fi-FI"],
  cs: ["cs-CZ"],
  hu: ["hu-HU"],
  ro: ["ro-RO"],
  bg: ["bg-BG"],
  hr: ["hr-HR"],
  sk: ["sk-SK"],
  tr: ["tr-TR"],
  id: ["id-ID"],
  vi: ["vi-VN"],
} as const;
