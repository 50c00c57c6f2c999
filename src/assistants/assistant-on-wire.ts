import type { SecretBox } from "../secret-box.ts";
import type { Assistant } from "./assistant-store.ts";

/** Every documented field is in every answer, in this order (facts 2.2). */
const DEFAULTS = {
  business_name: null,
  notification_email: null,
  notification_emails: null,
  recording_consent: null,
  first_message: null,
  is_active: true,
  max_duration_seconds: null,
  autonomous_silence_handling: false,
  silence_timeout_seconds: 8,
  voicemail_detection: false,
  voicemail_message: null,
  gdpr_mode: false,
  webhook_url: null,
  webhook_events: null,
  analysis_plan: null,
  stt_config: undefined,
  llm_config: undefined,
  tts_config: null,
  speech_config: null,
};

export function assistantOnWire(assistant: Assistant, secretBox: SecretBox) {
  return {
    id: assistant.id,
    name: assistant.name,
    ...DEFAULTS,
    ...assistant.configuration,
    // Returned in clear, as documented (facts 2.2): receivers are set up from here.
    webhook_secret: assistant.webhookSecret && secretBox.open(assistant.webhookSecret),
    created_at: assistant.createdAt,
    updated_at: assistant.updatedAt,
  };
}
