import { z } from "zod";
import type { Operation } from "./operation.ts";

const voiceShape = z
  .object({
    id: z.string(),
    name: z.string(),
    language: z.string(),
    description: z.object({ en: z.string(), nl: z.string() }),
  })
  .meta({ id: "Voice" });

const providerShape = z
  .looseObject({
    id: z.string(),
    kind: z.enum(["text", "realtime"]).optional(),
    models: z.array(z.string()).nullable(),
    legacy_models: z.array(z.string()),
    voices: z.array(z.string()).nullable().optional(),
    byok_secret: z.array(z.string()),
    aliases: z.array(z.string()),
    is_extension: z.boolean(),
    is_configured: z.boolean().optional(),
  })
  .meta({ id: "CatalogProvider" });

const providers = z.array(providerShape);
const catalogShape = z
  .object({
    version: z.int(),
    pricing_units: z.array(z.string()),
    llm: providers,
    stt: providers,
    tts: providers,
    postcall_stt: providers,
    postcall_llm: providers,
    stt_languages: z.record(z.string(), z.array(z.string())),
    delegates: z.record(z.string(), z.array(z.string())),
    background_clips: z.array(z.string()),
    params: z.record(
      z.string(),
      z.record(
        z.string(),
        z.looseObject({ min: z.number(), max: z.number(), default: z.number().optional() }),
      ),
    ),
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  })
  .meta({ id: "Catalog" });

export const catalogOperations: Operation[] = [
  {
    method: "get",
    path: "/voices",
    tag: "Voices",
    summary: "The voices of this server that need no key",
    answers: { 200: { description: "The voices", schema: z.object({ voices: z.array(voiceShape) }) } },
  },
  {
    method: "get",
    path: "/catalog",
    tag: "Catalog",
    isExtension: true,
    summary: "Providers, models, voices, ranges and schemas that assistants are checked against",
    answers: { 200: { description: "The catalog", schema: z.object({ catalog: catalogShape }) } },
  },
];
