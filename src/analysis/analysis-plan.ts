import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { isInGdprMode } from "../calls/gdpr-mode.ts";
import type { TranscriptMessage } from "../conversation/conversation.ts";
import { saidAsText } from "../conversation/extract.ts";

/** What is to be drawn from a call when it is over: `analysis_plan.structured_data_plan`, if it is on (facts 4.5). */
export interface AnalysisPlan {
  /** JSON Schema of the result; undefined: any object will do */
  schema: Record<string, unknown> | undefined;
  /** the assistant's own prompt; empty: ours */
  prompt: readonly PromptMessage[];
  /** a call in which less was said is not analysed */
  leastMessages: number;
}

export interface PromptMessage {
  role: "system" | "user";
  content: string;
}

const LEAST_MESSAGES = 2;
const PLACEHOLDER = /\{\{\s*(schema|transcript|ended_reason)\s*\}\}/g;

const PROMPT: readonly PromptMessage[] = [
  {
    role: "system",
    content:
      "You read the transcript of a telephone call and fill in a form about it. Put down what was said or follows from it, " +
      "and leave out, or null where the form allows it, what the call does not tell. It ended because of: {{ended_reason}}.",
  },
];
const SCHEMA_PROMPT =
  "Answer with one JSON object that follows this JSON Schema, and with nothing else:\n{{schema}}";
const OBJECT_PROMPT = "Answer with one JSON object, and with nothing else.";
const TRANSCRIPT_PROMPT = "The transcript:\n{{transcript}}";

/** @returns undefined: no analysis is asked for, or nothing of the call may be kept. Pure. */
export function analysisPlanOf(configuration: AssistantConfiguration): AnalysisPlan | undefined {
  // Checked when it was saved or answered; a plan that is none asks for nothing.
  const plan = configuration.analysis_plan as
    | {
        structured_data_plan?: {
          enabled?: boolean;
          schema?: Record<string, unknown> | null;
          messages?: PromptMessage[] | null;
        } | null;
        min_messages_threshold?: number | null;
      }
    | null
    | undefined;
  const structured = plan?.structured_data_plan;
  if (structured?.enabled !== true || isInGdprMode(configuration)) return undefined;
  return {
    schema: structured.schema ?? undefined,
    prompt: structured.messages ?? [],
    leastMessages: plan?.min_messages_threshold ?? LEAST_MESSAGES,
  };
}

/**
 * The plan as a question to a model. What the assistant's own prompt has no place for (`{{schema}}`, `{{transcript}}`) follows
 * it: a model that sees neither could only invent. Pure.
 */
export function askForAnalysis(
  plan: AnalysisPlan,
  call: { messages: readonly TranscriptMessage[]; endedReason: string },
): PromptMessage[] {
  const own = plan.prompt.length > 0 ? plan.prompt : PROMPT;
  const has = (name: string) =>
    own.some(({ content }) => [...content.matchAll(PLACEHOLDER)].some((found) => found[1] === name));
  const form = plan.schema ? SCHEMA_PROMPT : OBJECT_PROMPT;
  const whole: PromptMessage[] = [
    ...own,
    ...(has("schema") ? [] : [{ role: "system" as const, content: form }]),
    ...(has("transcript") ? [] : [{ role: "user" as const, content: TRANSCRIPT_PROMPT }]),
  ];
  const values: Record<string, string> = {
    schema: JSON.stringify(plan.schema ?? { type: "object" }),
    transcript: saidAsText(call.messages),
    ended_reason: call.endedReason,
  };
  // In one go: a caller who says "{{schema}}" is no template.
  return whole.map(({ role, content }) => ({
    role,
    content: content.replaceAll(PLACEHOLDER, (_, name: string) => values[name]!),
  }));
}
