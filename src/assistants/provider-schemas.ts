import { z } from "zod";
import {
  ELEVENLABS_PLAIN_MODELS,
  ELEVENLABS_REFUSED_SETTINGS,
  LLM_CATALOG,
  STT_CATALOG,
  STT_LANGUAGES,
  TTS_CATALOG,
  type CatalogEntry,
} from "./catalog.ts";
import { normalizeTools } from "./tool-definition.ts";

/** The three provider blocks (facts 4.1-4.3). Loose: a field that we do not know is kept and returned as it came. */
const range = (least: number, most: number) => z.number().min(least).max(most);
const whole = (least: number, most: number) => z.number().int().min(least).max(most);

const chatMessage = z.looseObject({ role: z.enum(["system", "user", "assistant"]), content: z.string() });

const scriptRule = z
  .object({
    on: z.enum(["user", "tool"]),
    match: z.string(),
    say: z.string().optional(),
    tool: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()).optional() }).optional(),
    end: z.boolean().optional(),
  })
  .superRefine((rule, context) => {
    try {
      // A rule for tools names one; only words of the caller are matched by pattern.
      if (rule.on === "user") RegExp(rule.match, "i");
    } catch {
      context.addIssue({ code: "custom", path: ["match"], message: "must be a regular expression" });
    }
    if (rule.say === undefined && rule.tool === undefined && rule.end !== true) {
      context.addIssue({ code: "custom", message: "must say something, call a tool, or end" });
    }
  });

/** @param acceptsAnyOpenAiModel  OPENAI_BASE_URL points elsewhere, where other models live */
export function llmSchema(acceptsAnyOpenAiModel: boolean) {
  return z
    .looseObject({
      provider: z.string(),
      model: z.string(),
      temperature: range(0, 2).optional(),
      max_completion_tokens: whole(1, 32_768).optional(),
      max_output_tokens: whole(1, 32_768).optional(),
      speed: range(0.7, 1.5).optional(),
      reasoning_effort: z.enum(["none", "high"]).optional(),
      messages: z.array(chatMessage).optional(),
      tools: z.array(z.unknown()).optional(),
      script: z.array(scriptRule).max(200).optional(),
    })
    .superRefine((config, context) => {
      const isFree = acceptsAnyOpenAiModel && config.provider === "openai";
      checkProvider(config, LLM_CATALOG, context, isFree);
      for (const problem of normalizeTools(config.tools).problems) {
        const [path = "", text = ""] = problem.split(/: (.*)/s);
        context.addIssue({ code: "custom", path: [path.replace("llm_config.", "")], message: text });
      }
      if (config.provider === "scripted" && !config.script) {
        context.addIssue({
          code: "custom",
          path: ["script"],
          message: "is required for the scripted provider",
        });
      }
    });
}

export const sttSchema = z
  .looseObject({
    provider: z.string(),
    model: z.string(),
    language: z.enum(STT_LANGUAGES),
    endpointing: z.number().optional(),
    utterance_end_ms: whole(1_000, 5_000).optional(),
    utterances: z.array(z.string()).max(1_000).optional(),
  })
  .superRefine((config, context) => {
    checkProvider(config, STT_CATALOG, context);
    const [least, most] = config.provider === "gladia" ? [0.01, 1] : [0, 5_000];
    if (config.endpointing !== undefined && (config.endpointing < least || config.endpointing > most)) {
      context.addIssue({
        code: "custom",
        path: ["endpointing"],
        message: `must be from ${least} to ${most}`,
      });
    }
    if (config.provider === "scripted" && !config.utterances) {
      context.addIssue({
        code: "custom",
        path: ["utterances"],
        message: "is required for the scripted provider",
      });
    }
  });

export const ttsSchema = z
  .looseObject({
    provider: z.string(),
    voice_id: z.string().min(1),
    model: z.string().optional(),
    stability: range(0, 1).optional(),
    similarity_boost: range(0, 1).optional(),
    style: range(0, 1).optional(),
    speed: range(0.5, 2).optional(),
    speaking_rate: range(0.25, 2).optional(),
    apply_text_normalization: z.enum(["auto", "on", "off"]).optional(),
  })
  // The old name is accepted and the new one returned (facts 4.3).
  .transform((config) => (config.provider === "11labs" ? { ...config, provider: "elevenlabs" } : config))
  .superRefine((config, context) => {
    checkProvider(config, TTS_CATALOG, context);
    if (config.provider !== "elevenlabs" || !ELEVENLABS_PLAIN_MODELS.includes(config.model ?? "")) return;
    for (const name of ELEVENLABS_REFUSED_SETTINGS) {
      if ((config as Record<string, unknown>)[name] === undefined) continue;
      context.addIssue({
        code: "custom",
        path: [name],
        message: `is not available on the model ${config.model}`,
      });
    }
  });

function checkProvider(
  config: { provider: string; model?: string | undefined },
  catalog: Record<string, CatalogEntry>,
  context: z.core.$RefinementCtx,
  isFree = false,
): void {
  const entry = Object.hasOwn(catalog, config.provider) ? catalog[config.provider] : undefined;
  if (!entry) {
    const message = `must be one of ${Object.keys(catalog).join(", ")}`;
    context.addIssue({ code: "custom", path: ["provider"], message, input: config.provider });
  } else if (config.model !== undefined && entry.models && !isFree && !entry.models.includes(config.model)) {
    const message = `must be one of ${entry.models.join(", ")} for ${config.provider}`;
    context.addIssue({ code: "custom", path: ["model"], message, input: config.model });
  }
}
