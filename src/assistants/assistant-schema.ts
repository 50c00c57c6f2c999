import { z } from "zod";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";
import { LLM_CATALOG } from "./catalog.ts";
import type { AssistantConfiguration } from "./configuration.ts";
import { llmSchema, sttSchema, ttsSchema } from "./provider-schemas.ts";

const seconds = (least: number, most: number) => z.number().min(least).max(most);
const spoken = z.string().min(1).max(300);

/** `speech_config` (facts 4.4). */
const speechSchema = z.looseObject({
  turn_taking: z
    .looseObject({
      endpointing_min_delay: seconds(0.1, 5).optional(),
      endpointing_max_delay: seconds(0.1, 5).optional(),
      interruption_min_duration: seconds(0.05, 2).optional(),
      interruption_min_words: z.number().int().min(0).max(10).optional(),
      false_interruption_timeout: seconds(0.2, 5).nullable().optional(),
    })
    .refine(
      (turns) =>
        turns.endpointing_min_delay === undefined ||
        turns.endpointing_max_delay === undefined ||
        turns.endpointing_max_delay >= turns.endpointing_min_delay,
      { path: ["endpointing_max_delay"], message: "must be at least endpointing_min_delay" },
    )
    .nullish(),
  pronunciation: z
    .array(z.looseObject({ from: z.string().min(1).max(64), to: z.string().max(128) }))
    .max(50)
    .nullish(),
  background_audio: z
    .looseObject({
      enabled: z.boolean().optional(),
      clip: z.enum(["office", "city", "forest", "crowded_room"]).optional(),
      volume: seconds(0.05, 1).optional(),
    })
    .nullish(),
  silence: z
    .looseObject({
      messages: z.array(spoken).max(5).optional(),
      final_message: z.string().max(300).nullish(),
      first_check_seconds: seconds(1, 60).optional(),
      interval_seconds: seconds(3, 120).optional(),
      max_attempts: z.number().int().min(1).max(10).optional(),
    })
    .nullish(),
  end_call_message: z.string().max(300).nullish(),
  first_message_outbound: z.string().max(300).nullish(),
  end_call_phrases: z
    .array(
      z
        .string()
        .max(100)
        .refine(
          (phrase) => (phrase.match(/[\p{L}\p{N}]/gu) ?? []).length >= 2,
          "must have at least 2 letters or digits",
        ),
    )
    .max(5)
    .nullish(),
});

/** `analysis_plan` (facts 4.5). */
const analysisSchema = z.looseObject({
  structured_data_plan: z.looseObject({ enabled: z.boolean().optional() }).nullish(),
  min_messages_threshold: z.number().int().min(0).optional(),
});

export interface SchemaOptions {
  acceptsAnyOpenAiModel: boolean;
  /** the webhook side's opinion of a URL, as far as it can be had without resolving names */
  refuseUrl: (url: string) => string | undefined;
}

/**
 * The assistant's fields as requests carry them (facts 2.2). Unknown top-level fields are dropped: they are neither
 * stored nor an error.
 */
export function assistantSchemas(options: SchemaOptions) {
  const webhookUrl = z
    .string()
    .max(2_048)
    .superRefine((url, context) => {
      const reason = options.refuseUrl(url);
      if (reason) context.addIssue({ code: "custom", message: reason });
    });
  const shared = {
    business_name: z.string().max(255).nullish(),
    notification_email: z.email().nullish(),
    first_message: z.string().max(10_000).nullish(),
    is_active: z.boolean().optional(),
    max_duration_seconds: z.number().int().min(1).max(86_400).nullish(),
    autonomous_silence_handling: z.boolean().optional(),
    silence_timeout_seconds: seconds(1, 3_600).optional(),
    voicemail_detection: z.boolean().nullish(),
    voicemail_message: z.string().max(10_000).nullish(),
    gdpr_mode: z.boolean().optional(),
    webhook_url: webhookUrl.nullish(),
    webhook_secret: z.string().min(1).max(512).nullish(),
    webhook_events: z.array(z.enum(WEBHOOK_EVENTS)).nullish(),
    analysis_plan: analysisSchema.nullish(),
    stt_config: sttSchema.optional(),
    llm_config: llmSchema(options.acceptsAnyOpenAiModel).optional(),
    tts_config: ttsSchema.nullish(),
    speech_config: speechSchema.nullish(),
    metadata: z.unknown().optional(),
  };
  const name = z.string().trim().min(1).max(255);
  const create = z.object({
    name,
    ...shared,
    // Set by update only (facts 2.2). Said so, because silently dropping a privacy setting would be worse.
    notification_emails: z.undefined("can be set by PATCH only, not on create").optional(),
    recording_consent: z.undefined("can be set by PATCH only, not on create").optional(),
  });
  const update = z.object({
    name: name.optional(),
    ...shared,
    notification_emails: z.array(z.email()).max(5).nullish(),
    recording_consent: z
      .looseObject({ enabled: z.boolean(), message: z.string().min(1).max(2_000) })
      .nullish(),
  });
  /** One call's configuration from an answer to assistant-request: custom fields stay, because they are echoed (facts 1.5). */
  const perCall = z.looseObject({ name: name.optional(), ...shared, llm_config: shared.llm_config });
  return { create, update, perCall };
}

/** Rules between blocks: a speech-to-speech model brings its own voice, every other needs one (facts 4.0). */
export function crossFieldProblems(configuration: AssistantConfiguration): string[] {
  const { llm_config: llm, tts_config: tts, stt_config: stt } = configuration;
  if (!llm) return ["llm_config: is required"];
  const isRealtime = LLM_CATALOG[llm.provider]?.isRealtime === true;
  if (isRealtime)
    return tts ? [`tts_config: must be null for ${llm.provider}, whose voice is llm_config.voice`] : [];
  return [
    ...(tts ? [] : [`tts_config: is required for ${llm.provider}`]),
    ...(stt ? [] : [`stt_config: is required for ${llm.provider}`]),
  ];
}
