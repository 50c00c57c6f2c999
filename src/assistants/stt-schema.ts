import { z } from "zod";
import { PARAMS } from "./catalog/params.ts";
import { inRange } from "./catalog/range.ts";
import { STT_CATALOG, STT_LANGUAGES } from "./catalog/stt-catalog.ts";

const language = z.enum(Object.keys(STT_LANGUAGES) as (keyof typeof STT_LANGUAGES)[]);
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
    endpointing: inRange(PARAMS.deepgram.endpointing).optional(),
    numerals: z.boolean().optional(),
    filler_words: z.boolean().optional(),
    utterance_end_ms: inRange(PARAMS.deepgram.utterance_end_ms).optional(),
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
    endpointing: inRange(PARAMS.gladia.endpointing).optional(),
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
