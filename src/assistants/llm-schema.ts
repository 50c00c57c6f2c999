import { z } from "zod";
import { LLM_CATALOG, OPENAI_LIVE_DELEGATES } from "./catalog/llm-catalog.ts";
import { PARAMS } from "./catalog/params.ts";
import { inRange } from "./catalog/range.ts";
import { normalizeTools, TOOLS_PATH } from "./tool-definition.ts";
import { inTodaysNames } from "./tool-names.ts";

/** `llm_config` (facts 4.2). Loose: a field that we do not know is kept and returned as it came. */

const MAX_SCRIPT_RULES = 200;

const maxTokens = inRange(PARAMS.llm.max_completion_tokens).optional();
const realtime = PARAMS.xai_realtime;

/** One rule of the scripted provider; speech/llm/script.ts plays it. */
const scriptRule = z
  .looseObject({
    on: z.enum(["user", "tool", "digits", "node"]),
    match: z.string().max(1_000),
    say: z.string().max(10_000).optional(),
    tool: z
      .looseObject({ name: z.string().min(1), arguments: z.record(z.string(), z.unknown()).optional() })
      .optional(),
    end: z.boolean().optional(),
  })
  .superRefine((rule, context) => {
    // A rule for tools names one; what comes of the caller, words and keys, is matched by pattern.
    if (rule.on !== "tool" && !isPattern(rule.match)) {
      context.addIssue({ code: "custom", path: ["match"], message: "must be a regular expression" });
    }
    if (rule.say === undefined && rule.tool === undefined && rule.end !== true) {
      context.addIssue({ code: "custom", message: "must have say, tool or end: true" });
    }
  });

/** Runs inside the voice model's own service (facts 4.2). */
const providerTool = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("web_search") }),
  z.looseObject({ type: z.literal("x_search"), allowed_x_handles: z.array(z.string()).max(20).optional() }),
  z.looseObject({
    type: z.literal("file_search"),
    vector_store_ids: z.array(z.string()).min(1),
    max_num_results: inRange(realtime.max_num_results).optional(),
  }),
]);

/** Out of range is moved into the range here, not refused: the one exception of the contract (facts 4.0). */
const turnDetection = z.looseObject({
  threshold: inRange(realtime.threshold).optional(),
  prefix_padding_ms: inRange(realtime.prefix_padding_ms).optional(),
  silence_duration_ms: inRange(realtime.silence_duration_ms).optional(),
  idle_timeout_ms: inRange(realtime.idle_timeout_ms).optional(),
});

export interface LlmSchemaOptions {
  /** OPENAI_BASE_URL points elsewhere, where other models live */
  acceptsAnyOpenAiModel: boolean;
  /** why a tool's URL cannot be called; undefined when it can */
  refuseUrl: (url: string) => string | undefined;
}

export function llmSchema({ acceptsAnyOpenAiModel, refuseUrl }: LlmSchemaOptions) {
  const common = {
    temperature: inRange(PARAMS.llm.temperature).optional(),
    messages: z
      .array(z.looseObject({ role: z.enum(["system", "user", "assistant"]), content: z.string() }))
      .optional(),
    // Read by the one normaliser, which knows every accepted spelling (facts 5.1).
    tools: z
      .unknown()
      .superRefine((tools, context) => {
        for (const problem of normalizeTools(tools, refuseUrl).problems) {
          const [path = "", message = ""] = problem.split(/: (.*)/s);
          context.addIssue({ code: "custom", path: pathBelow(path), message });
        }
      })
      .transform(inTodaysNames)
      .optional(),
  };
  const catalog = LLM_CATALOG;
  return z.discriminatedUnion("provider", [
    z.looseObject({
      provider: z.literal("openai"),
      model: acceptsAnyOpenAiModel ? z.string().min(1).max(200) : z.enum(catalog.openai.models),
      max_completion_tokens: maxTokens,
      ...common,
    }),
    z.looseObject({ provider: z.literal("xai"), model: z.enum(catalog.xai.models), ...common }),
    z.looseObject({ provider: z.literal("mistral"), model: z.enum(catalog.mistral.models), ...common }),
    z.looseObject({
      provider: z.literal("google"),
      model: z.enum(catalog.google.models),
      max_completion_tokens: maxTokens,
      ...common,
    }),
    z.looseObject({
      provider: z.literal("google_realtime"),
      model: z.enum(catalog.google_realtime.models),
      voice: z.enum(catalog.google_realtime.voices).optional(),
      vertexai: z.boolean().optional(),
      location: z.string().optional(),
      max_output_tokens: inRange(PARAMS.llm.max_output_tokens).optional(),
      analysis_model: z.string().optional(),
      ...common,
    }),
    z.looseObject({
      provider: z.literal("xai_realtime"),
      model: z.enum(catalog.xai_realtime.models),
      voice: z.enum(catalog.xai_realtime.voices).optional(),
      turn_detection: turnDetection.nullish(),
      reasoning_effort: z.enum(["none", "high"]).optional(),
      speed: inRange(realtime.speed).optional(),
      transcription: z
        .looseObject({
          language_hint: z.string().nullish(),
          keyterms: z.array(z.string().max(50)).max(100).optional(),
        })
        .nullish(),
      provider_tools: z.array(providerTool).optional(),
      ...common,
    }),
    z.looseObject({
      provider: z.literal("openai_live"),
      model: z.enum(catalog.openai_live.models),
      voice: z.enum(catalog.openai_live.voices).optional(),
      delegation: z
        .looseObject({
          model: z.enum(OPENAI_LIVE_DELEGATES).optional(),
          instructions: z.string().nullish(),
        })
        .nullish(),
      ...common,
    }),
    z.looseObject({
      provider: z.literal("scripted"),
      model: z.enum(catalog.scripted.models),
      script: z.array(scriptRule).max(MAX_SCRIPT_RULES),
      ...common,
    }),
  ]);
}

function isPattern(text: string): boolean {
  try {
    RegExp(text, "i");
    return true;
  } catch {
    // What RegExp throws says no more than that.
    return false;
  }
}

/** `llm_config.tools[2].url` as seen from the tools: `[2].url`, without a dot of its own in front. */
function pathBelow(path: string): (string | number)[] {
  const parts = path.slice(TOOLS_PATH.length).match(/[^.[\]]+/g) ?? [];
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
