import { z } from "zod";
import { numberFrom } from "../http/fields.ts";
import { ELEVENLABS_PLAIN_MODELS, ELEVENLABS_REFUSED_SETTINGS, TTS_CATALOG } from "./catalog.ts";

const share = numberFrom(0, 1).optional();
const speed = numberFrom(0.5, 2).optional();
const language = z.string().nullish();
const freeVoice = z.string().min(1).max(200);

/** Language tags with variants, as eSpeak writes them: en, nl, en-us, en-us+f3. */
const ESPEAK_VOICE = /^[a-z]{2,3}([-+_][a-z0-9]+)*$/i;

const elevenlabs = z
  .looseObject({
    // The old name is accepted and the new one returned (facts 4.3).
    provider: z.literal(["elevenlabs", "11labs"]).transform(() => "elevenlabs" as const),
    model: z.enum(TTS_CATALOG.elevenlabs.models).optional(),
    voice_id: freeVoice,
    stability: share,
    similarity_boost: share,
    style: share,
    use_speaker_boost: z.boolean().optional(),
    speed,
    apply_text_normalization: z.enum(["auto", "on", "off"]).optional(),
    apply_language_text_normalization: z.boolean().optional(),
    language,
  })
  .superRefine((config, context) => {
    if (!ELEVENLABS_PLAIN_MODELS.includes(config.model ?? "")) return;
    for (const setting of ELEVENLABS_REFUSED_SETTINGS) {
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
    speaking_rate: numberFrom(0.25, 2).optional(),
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
    voice_id: freeVoice.regex(ESPEAK_VOICE, "must be the name of an eSpeak voice, such as en, nl or en-us"),
  }),
]);
