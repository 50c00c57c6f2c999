import { z } from "zod";
import { POSTCALL_LLM_CATALOG, POSTCALL_STT_CATALOG } from "./catalog/postcall-catalog.ts";
import { STT_LANGUAGES } from "./catalog/stt-catalog.ts";

const language = z.enum(Object.keys(STT_LANGUAGES) as (keyof typeof STT_LANGUAGES)[]).optional();

/** What transcribes a finished call once more (facts 15.4). */
export const postcallSttSchema = z.discriminatedUnion("provider", [
  z.looseObject({
    provider: z.literal("elevenlabs"),
    model: z.enum(POSTCALL_STT_CATALOG.elevenlabs.models),
    language,
  }),
  z.looseObject({
    provider: z.literal("deepgram"),
    model: z.enum(POSTCALL_STT_CATALOG.deepgram.models),
    language,
  }),
]);

/** What summarises and analyses a finished call. */
export const postcallLlmSchema = z.discriminatedUnion("provider", [
  z.looseObject({ provider: z.literal("openai"), model: z.enum(POSTCALL_LLM_CATALOG.openai.models) }),
  z.looseObject({ provider: z.literal("xai"), model: z.enum(POSTCALL_LLM_CATALOG.xai.models) }),
  z.looseObject({ provider: z.literal("mistral"), model: z.enum(POSTCALL_LLM_CATALOG.mistral.models) }),
  z.looseObject({ provider: z.literal("google"), model: z.enum(POSTCALL_LLM_CATALOG.google.models) }),
]);
