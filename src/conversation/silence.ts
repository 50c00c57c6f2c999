import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { PARAMS } from "../assistants/catalog/params.ts";

/**
 * What to do about a caller who says nothing (`autonomous_silence_handling`, facts 4.4, 11.2). Pure.
 *
 *   quiet ── first check ──▶ message 1 ── interval ──▶ … message n ── silence timeout ──▶ final message, hang-up
 *     ▲                                                    │
 *     └──────────────── the caller speaks ─────────────────┘
 */
export interface SilenceSettings {
  firstCheckMs: number;
  /** from the end of one message to the next */
  intervalMs: number;
  maxAttempts: number;
  /** from the end of the last message to the hang-up */
  timeoutMs: number;
  /** spoken in turn, and from the first again after the last; none: the model finds its own words */
  messages: readonly string[];
  finalMessage: string | undefined;
}

/** An assistant of a script has no words of its own. */
const SCRIPTED_MESSAGE = "Are you still there?";
const SCRIPTED_FINAL_MESSAGE = "I can't hear you, so I will hang up now. Goodbye.";
/** `silence_timeout_seconds` of an assistant that does not say it (facts 2.2, the example's). */
const TIMEOUT_SECONDS = 8;

/** @returns undefined when silence is not handled */
export function silenceSettingsOf(configuration: AssistantConfiguration): SilenceSettings | undefined {
  if (configuration["autonomous_silence_handling"] !== true) return undefined;
  const speech = configuration.speech_config ?? {};
  const given = (speech["silence"] ?? {}) as Record<string, unknown>;
  const numberOf = (name: keyof typeof PARAMS.silence) => {
    const value = given[name];
    return typeof value === "number" ? value : PARAMS.silence[name].default;
  };
  const timeout = configuration["silence_timeout_seconds"];
  const isScripted = configuration.llm_config?.provider === "scripted";
  const messages = Array.isArray(given["messages"])
    ? given["messages"].filter((entry): entry is string => typeof entry === "string" && entry !== "")
    : [];
  return {
    firstCheckMs: numberOf("first_check_seconds") * 1_000,
    intervalMs: numberOf("interval_seconds") * 1_000,
    maxAttempts: numberOf("max_attempts"),
    timeoutMs: (typeof timeout === "number" ? timeout : TIMEOUT_SECONDS) * 1_000,
    messages: messages.length === 0 && isScripted ? [SCRIPTED_MESSAGE] : messages,
    finalMessage:
      textOf(given["final_message"]) ??
      textOf(speech["end_call_message"]) ??
      (isScripted ? SCRIPTED_FINAL_MESSAGE : undefined),
  };
}

export interface SilenceStep {
  /** of quiet, until it is taken */
  afterMs: number;
  action: "ask" | "hang-up";
  /** undefined: the model finds the words, by `instructions` */
  text: string | undefined;
  instructions: string;
}

/** @param attempts  messages that have been spoken since the caller was last heard */
export function silenceStep(settings: SilenceSettings, attempts: number): SilenceStep {
  const { messages, maxAttempts } = settings;
  if (attempts >= maxAttempts) {
    return {
      afterMs: settings.timeoutMs,
      action: "hang-up",
      text: settings.finalMessage,
      instructions:
        "The caller has not answered for a long time. Say goodbye in one short sentence, in the language of " +
        "the conversation. The call is hung up after it.",
    };
  }
  return {
    afterMs: attempts === 0 ? settings.firstCheckMs : settings.intervalMs,
    action: "ask",
    text: messages.length > 0 ? messages[attempts % messages.length] : undefined,
    instructions:
      "The caller has been silent. Ask in one short sentence, in the language of the conversation and in view " +
      `of what was said last, whether they are still there. This is attempt ${attempts + 1} of ${maxAttempts}.`,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
