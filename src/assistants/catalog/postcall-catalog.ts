import type { CatalogEntry } from "./entry.ts";

/** Facts 15.4: a realtime call may be transcribed again from its recording. */
export const POSTCALL_STT_CATALOG = {
  elevenlabs: { models: ["scribe_v2"], keys: ["elevenlabs_secret_id"], pricingUnit: "per_hour" },
  deepgram: {
    models: ["nova-3", "nova-3-general"],
    keys: ["deepgram_secret_id"],
    pricingUnit: "per_minute_batch",
  },
} as const satisfies Record<string, CatalogEntry>;

/** What summarises and analyses. */
export const POSTCALL_LLM_CATALOG = {
  openai: { models: ["gpt-5.4-mini"], keys: ["openai_secret_id"], pricingUnit: "per_1m_tokens_in_out" },
  xai: { models: ["grok-4.3"], keys: ["xai_secret_id"], pricingUnit: "per_1m_tokens_in_out" },
  mistral: {
    models: ["mistral-medium-latest"],
    keys: ["mistral_secret_id"],
    pricingUnit: "per_1m_tokens_in_out",
  },
  google: {
    models: ["gemini-2.5-flash-lite"],
    keys: ["google_vertex_secret_id"],
    pricingUnit: "per_1m_tokens_in_out",
  },
} as const satisfies Record<string, CatalogEntry>;
