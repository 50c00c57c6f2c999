import { z } from "zod";
import { numberFrom, wholeNumberFrom } from "../http/fields.ts";
import { STT_CATALOG, STT_LANGUAGES } from "./catalog.ts";

const language = z.enum(STT_LANGUAGES);
const texts = z.array(z.string());

/** `stt_config` (facts 4.1). Loose: a field that we do not know is kept and returned as it came. */
export const sttSchema = z.discriminatedUnion("provider", [
  z.looseObject({
    provider: z.literal("deepgram"),
    model: z.enum(STT_CATALOG.deepgram.models),
    language,
    keyterms: texts.optional(),
    smart_format: z.boolean().optional(),
    /** milliseconds */
    endpointing: wholeNumberFrom(0, 5_000).optional(),
    numerals: z.boolean().optional(),
    filler_words: z.boolean().optional(),
    utterance_end_ms: wholeNumberFrom(1_000, 5_000).optional(),
    no_delay: z.boolean().optional(),
  }),
  z.looseObject({
    provider: z.literal("elevenlabs"),
    model: z.enum(STT_CATALOG.elevenlabs.models),
    language,
    tag_audio_events: z.boolean().optional(),
    include_timestamps: z.boolean().optional(),
    sample_rate: z.literal([16_000, 8_000]).optional(),
  }),
  z.looseObject({
    provider: z.literal("gladia"),
    model: z.enum(STT_CATALOG.gladia.models),
    language,
    languages: texts.optional(),
    code_switching: z.boolean().optional(),
    region: z.enum(["eu-west", "us-west"]).optional(),
    /** seconds, unlike Deepgram's */
    endpointing: numberFrom(0.01, 1).optional(),
    custom_vocabulary: texts.optional(),
    translation_enabled: z.boolean().optional(),
    translation_target_languages: texts.optional(),
  }),
  z.looseObject({ provider: z.literal("mistral"), model: z.enum(STT_CATALOG.mistral.models), language }),
  z.looseObject({ provider: z.literal("google"), model: z.enum(STT_CATALOG.google.models), language }),
  z.looseObject({ provider: z.literal("openai"), model: z.string().min(1).max(200), language }),
  z.looseObject({
    provider: z.literal("scripted"),
    model: z.enum(STT_CATALOG.scripted.models),
    language,
    /** what the caller is taken to have said, turn by turn */
    utterances: texts.max(1_000),
  }),
]);
