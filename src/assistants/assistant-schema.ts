import { z } from "zod";
import { numberFrom, urlField, wholeNumberFrom } from "../http/fields.ts";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";
import { analysisSchema } from "./analysis-schema.ts";
import { isRealtimeProvider } from "./catalog/llm-catalog.ts";
import type { AssistantConfiguration } from "./configuration.ts";
import { llmSchema, type LlmSchemaOptions } from "./llm-schema.ts";
import { postcallLlmSchema, postcallSttSchema } from "./postcall-schema.ts";
import { speechSchema } from "./speech-schema.ts";
import { sttSchema } from "./stt-schema.ts";
import { ttsSchema } from "./tts-schema.ts";

export type SchemaOptions = LlmSchemaOptions;

const DAY_SECONDS = 86_400;

/**
 * The assistant's fields as requests carry them (facts 2.2). Unknown top-level fields are dropped: they are neither
 * stored nor an error, so that what was read can be sent back, `id` and `created_at` included.
 */
export function assistantSchemas(options: SchemaOptions) {
  const name = z.string().max(255).regex(/\S/, "must not be empty");
  const shared = {
    business_name: z.string().max(255).nullish(),
    notification_email: z.email().nullish(),
    first_message: z.string().max(10_000).nullish(),
    is_active: z.boolean().optional(),
    max_duration_seconds: wholeNumberFrom(1, DAY_SECONDS).nullish(),
    autonomous_silence_handling: z.boolean().optional(),
    silence_timeout_seconds: numberFrom(1, 3_600).optional(),
    voicemail_detection: z.boolean().nullish(),
    voicemail_message: z.string().max(10_000).nullish(),
    gdpr_mode: z.boolean().optional(),
    webhook_url: urlField(options.refuseUrl).nullish(),
    // An extension of ours: asked when webhook_url does not answer in time.
    webhook_fallback_url: urlField(options.refuseUrl).nullish(),
    webhook_secret: z.string().min(1).max(512).nullish(),
    webhook_events: z.array(z.enum(WEBHOOK_EVENTS)).nullish(),
    analysis_plan: analysisSchema.nullish(),
    stt_config: sttSchema.optional(),
    llm_config: llmSchema(options).optional(),
    tts_config: ttsSchema.nullish(),
    speech_config: speechSchema.nullish(),
    // Where these two sit is not documented (facts 4.5); see docs/decisions/0014.
    postcall_stt: postcallSttSchema.nullish(),
    postcall_llm: postcallLlmSchema.nullish(),
    metadata: z.unknown().optional(),
    // An extension of ours: the contract has no switch for it (docs/decisions/0033).
    recording: z.strictObject({ enabled: z.boolean() }).nullish(),
  };
  const consent = z.looseObject({ enabled: z.boolean(), message: z.string().min(1).max(2_000) }).nullish();
  // Set by update only (facts 2.2). Refused rather than dropped: a call recorded without its consent would be worse.
  // null, their value on every new assistant, does no harm, and lets an assistant be copied by posting what was read.
  const byPatchOnly = z.null("can be set by PATCH only, not on create").optional();
  const create = z.object({
    name,
    ...shared,
    notification_emails: byPatchOnly,
    recording_consent: byPatchOnly,
  });
  const update = z.object({
    name: name.optional(),
    ...shared,
    notification_emails: z.array(z.email()).max(5).nullish(),
    recording_consent: consent,
  });
  /** One call's configuration from an answer to assistant-request: custom fields stay, because they are echoed (facts 1.5). */
  const perCall = z.looseObject({
    name: name.optional(),
    ...shared,
    // Checked, though no documented field of an answer: one that could not be read would mean that nobody is asked.
    recording_consent: consent,
  });
  return { create, update, perCall };
}

/** Rules between blocks: a speech-to-speech model brings its own voice, every other needs one (facts 4.0). */
export function crossFieldProblems(configuration: AssistantConfiguration): string[] {
  const { llm_config: llm, tts_config: tts, stt_config: stt } = configuration;
  if (!llm) return ["llm_config: is required"];
  if (isRealtimeProvider(llm.provider)) {
    return tts ? [`tts_config: must be null for ${llm.provider}, whose voice is llm_config.voice`] : [];
  }
  return [
    ...(tts ? [] : [`tts_config: is required for ${llm.provider}`]),
    ...(stt ? [] : [`stt_config: is required for ${llm.provider}`]),
  ];
}
