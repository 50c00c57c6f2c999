/**
 * An assistant's configuration as a document: it keeps its wire names (snake_case) everywhere, because it is the
 * customer's text, stored, overlaid, echoed in webhooks and returned exactly as it came. Our own records around it
 * are camelCase and mapped.
 */
export interface AssistantConfiguration {
  name?: string | undefined;
  business_name?: string | null | undefined;
  first_message?: string | null | undefined;
  max_duration_seconds?: number | null | undefined;
  llm_config?: ProviderConfiguration | undefined;
  stt_config?: ProviderConfiguration | undefined;
  tts_config?: ProviderConfiguration | null | undefined;
  speech_config?: Record<string, unknown> | null | undefined;
  analysis_plan?: Record<string, unknown> | null | undefined;
  webhook_url?: string | null | undefined;
  webhook_secret?: string | null | undefined;
  webhook_fallback_url?: string | null | undefined;
  webhook_events?: string[] | null | undefined;
  metadata?: unknown;
  [field: string]: unknown;
}

export interface ProviderConfiguration {
  provider: string;
  model?: string | undefined;
  [field: string]: unknown;
}
