import { z } from "zod";
import { isLocalVoice } from "./catalog/local-voices.ts";
import { PARAMS } from "./catalog/params.ts";
import { inRange } from "./catalog/range.ts";
import { TTS_CATALOG } from "./catalog/tts-catalog.ts";

const { tts } = PARAMS;
const speed = inRange(tts.speed).optional();
const language = z.string().nullish();
const freeVoice = z.string().min(1).max(200);

const elevenlabs = z
  .looseObject({
    // The old name is accepted and the new one returned (facts 4.3).
    provider: z.literal(["elevenlabs", "11labs"]).transform(() => "elevenlabs" as const),
    model: z.enum(TTS_CATALOG.elevenlabs.models).optional(),
    voice_id: freeVoice,
    stability: inRange(tts.stability).optional(),
    similarity_boost: inRange(tts.similarity_boost).optional(),
    style: inRange(tts.style).optional(),
    use_speaker_boost: z.boolean().optional(),
    speed,
    apply_text_normalization: z.enum(["auto", "on", "off"]).optional(),
    apply_language_text_normalization: z.boolean().optional(),
    language,
  })
  .superRefine((config, context) => {
    const refused: Readonly<Record<string, readonly (keyof typeof config)[]>> =
      TTS_CATALOG.elevenlabs.refusedSettings;
    for (const setting of refused[config.model ?? ""] ?? []) {
      if (config[setting] === undefined) continue;
      const message = `is not available on the model ${config.model}`;
      context.addIssue({ code: "custom", path: [setting], message });
    }
  });

/** `tts_config` (facts 4.3). Loose: a field that we do not know is kept and returned as it came. */
export const ttsSchema = z.discriminatedUnion("provider", [
  elevenlabs,
  z.looseObject({
    provider: z.literal("inworld"),
    model: z.enum(TTS_CATALOG.inworld.models).optional(),
    voice_id: freeVoice,
    language,
    speed,
  }),
  z.looseObject({
    provider: z.literal("google"),
    model: z.enum(TTS_CATALOG.google.models).optional(),
    voice_id: z.enum(TTS_CATALOG.google.voices),
    instructions: z.string().nullish(),
    language,
    speaking_rate: inRange(tts.speaking_rate).optional(),
  }),
  z.looseObject({ provider: z.literal("xai"), voice_id: z.enum(TTS_CATALOG.xai.voices), language }),
  z.looseObject({
    provider: z.literal("voicedock"),
    model: z.enum(TTS_CATALOG.voicedock.models).optional(),
    voice_id: z.enum(TTS_CATALOG.voicedock.voices),
  }),
  z.looseObject({
    provider: z.literal("openai"),
    model: z.string().min(1).max(200).optional(),
    voice_id: freeVoice,
  }),
  z.looseObject({
    provider: z.literal("local"),
    voice_id: freeVoice.refine(isLocalVoice, "must be a voice of GET /voices, such as en-us, nl or en-us+f3"),
  }),
]);
