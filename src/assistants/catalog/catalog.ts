import { z } from "zod";
import { llmSchema } from "../llm-schema.ts";
import { postcallLlmSchema, postcallSttSchema } from "../postcall-schema.ts";
import { speechSchema } from "../speech-schema.ts";
import { sttSchema } from "../stt-schema.ts";
import { ttsSchema } from "../tts-schema.ts";
import type { CatalogEntry } from "./entry.ts";
import { withHelp } from "./help-texts.ts";
import { LLM_CATALOG, OPENAI_LIVE_DELEGATES } from "./llm-catalog.ts";
import { LOCAL_VOICES } from "./local-voices.ts";
import { BACKGROUND_CLIPS, PARAMS } from "./params.ts";
import { POSTCALL_LLM_CATALOG, POSTCALL_STT_CATALOG } from "./postcall-catalog.ts";
import { STT_CATALOG, STT_LANGUAGES } from "./stt-catalog.ts";
import { TTS_CATALOG } from "./tts-catalog.ts";

const VERSION = 1;

/** The kinds of service that a call itself uses: of these the catalog says what this server can run. */
export type ServiceKind = "llm" | "stt" | "tts";

export type IsConfigured = (kind: ServiceKind, provider: string) => boolean;

/**
 * The catalog as `GET /catalog` shows it (facts 15): everything that a form for assistants needs to know, from the very
 * data that validates. `schemas` are made from the schemas that read requests, and say what
 * each setting does (help-texts.ts).
 *
 * @param isConfigured  whether this server could run a call with the provider now; one that it cannot may be stored all
 *                      the same, and the call then says what is missing
 */
export function showCatalog(isConfigured: IsConfigured) {
  const shown = (entries: Readonly<Record<string, CatalogEntry>>, kind?: ServiceKind) =>
    Object.entries(entries).map(([id, entry]) => ({
      id,
      ...(entry.kind && { kind: entry.kind }),
      models: entry.models,
      ...(entry.models?.[0] !== undefined && { default_model: entry.models[0] }),
      legacy_models: entry.legacyModels ?? [],
      ...(entry.voices !== undefined && { voices: entry.voices }),
      ...(entry.voices?.[0] !== undefined && { default_voice: entry.voices[0] }),
      byok_secret: entry.keys,
      ...(entry.modelKeys && { model_requires: entry.modelKeys }),
      ...(entry.postcallModel !== undefined && { postcall_model: entry.postcallModel }),
      pricing_unit: entry.pricingUnit,
      ...(entry.pinnedReasoningEffort && { reasoning_effort: { pin: entry.pinnedReasoningEffort } }),
      ...(entry.locations && { locations: entry.locations }),
      ...(entry.refusedSettings && { refused_settings: entry.refusedSettings }),
      aliases: entry.aliases ?? [],
      is_extension: entry.isExtension ?? false,
      ...(kind && { is_configured: isConfigured(kind, id) }),
    }));
  const all = [LLM_CATALOG, STT_CATALOG, TTS_CATALOG, POSTCALL_STT_CATALOG, POSTCALL_LLM_CATALOG].flatMap(
    (entries): CatalogEntry[] => Object.values(entries),
  );
  const units = all.flatMap(({ pricingUnit }) =>
    typeof pricingUnit === "string" ? [pricingUnit] : Object.values(pricingUnit ?? {}),
  );
  return {
    version: VERSION,
    pricing_units: [...new Set(units)],
    llm: shown(LLM_CATALOG, "llm"),
    stt: shown(STT_CATALOG, "stt"),
    tts: shown(TTS_CATALOG, "tts"),
    postcall_stt: shown(POSTCALL_STT_CATALOG),
    postcall_llm: shown(POSTCALL_LLM_CATALOG),
    stt_languages: STT_LANGUAGES,
    delegates: { openai_live: OPENAI_LIVE_DELEGATES },
    background_clips: BACKGROUND_CLIPS,
    params: PARAMS,
    schemas: {
      llm: toSchema(llmSchema({ acceptsAnyOpenAiModel: false, refuseUrl: () => undefined }), "llm"),
      stt: toSchema(sttSchema, "stt"),
      tts: toSchema(ttsSchema, "tts"),
      speech: toSchema(speechSchema, "speech"),
      postcall_stt: toSchema(postcallSttSchema, "stt"),
      postcall_llm: toSchema(postcallLlmSchema, "llm"),
    },
  };
}

function toSchema(schema: z.ZodType, kind: string): object {
  return withHelp(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), kind) as object;
}

/** `GET /voices` (facts 2.9): the voices of this machine, described in two languages. */
export function localVoices() {
  const names = new Intl.DisplayNames("nl", { type: "language", fallback: "none" });
  return LOCAL_VOICES.map(([id, name]) => {
    const language = id.split("-", 1)[0]!;
    // Longer codes are eSpeak's own inventions, which the function refuses with an exception.
    const dutch = /^[a-z]{2,3}$/.test(language) ? names.of(language) : undefined;
    return {
      id,
      name,
      language,
      description: { en: `${name} (eSpeak NG)`, nl: `${dutch ?? name} (eSpeak NG)` },
    };
  });
}
