import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { overlay } from "../assistants/assistant-merge.ts";
import { readAssistantRequestAnswer } from "../webhooks/assistant-request.ts";
import { explainFailure } from "../webhooks/sync-answer.ts";
import { ASSISTANT_REQUEST_DEADLINE_MS, type AskWebhook } from "../webhooks/sync-request.ts";
import type { WorkflowDefinition } from "../workflows/workflow-definition.ts";
import type { RingingCall } from "./call.ts";
import { subjectOf, synchronousUrls, type CallWebhooks } from "./call-webhooks.ts";

/** What is decided before a call is answered (facts 1.6). */
export type CallDecision =
  | AnswerDecision
  /** the webhook answered with `error`: the text is spoken, then the call ends */
  | { outcome: "reject"; text: string; configuration: AssistantConfiguration | undefined }
  /** nothing says how to answer: the call is refused without a word */
  | { outcome: "refuse"; error: string };

export interface AnswerDecision {
  outcome: "answer";
  mode: "default" | "transient" | "hybrid";
  /** for the timeline and the log, e.g. "the webhook did not answer within 5000 ms" */
  because: string;
  /** the assistant that the configuration was built on, for the record */
  assistantId: string | null;
  /** without the webhook secret */
  configuration: AssistantConfiguration;
  /** in clear; only where the answer brought one of its own */
  webhookSecret: string | undefined;
  /** drives the call, on this configuration */
  workflow?: WorkflowDefinition;
}

/** An assistant as it was saved; its secret is not in the configuration. */
export interface SavedAssistant {
  id: string;
  configuration: AssistantConfiguration;
  isActive: boolean;
}

export interface DecisionPorts {
  findAssistant(organizationId: string, assistantId: string): Promise<SavedAssistant | undefined>;
  webhooks: CallWebhooks;
  ask: AskWebhook;
  /** opens connections ahead */
  prepare(urls: readonly string[]): void;
  /** what a configuration gets that is built on no saved assistant and names no providers */
  defaultProviders(): AssistantConfiguration;
  /** checks what an answer brought; the problems, one a line */
  readPerCall(
    change: Record<string, unknown>,
  ): { outcome: "ok"; change: AssistantConfiguration } | { outcome: "invalid"; problems: string[] };
  /** rules between blocks of the whole */
  problemsOf(configuration: AssistantConfiguration): string[];
}

/** What a call is answered with by itself, where that is not the saved assistant of its number. */
export interface GivenAssistant {
  assistant: SavedAssistant;
  /** sealed; the call's own */
  webhookSecret: Buffer | null;
}

/**
 * Asks `assistant-request` and turns the answer into a configuration. Whatever goes wrong with the webhook (late, an
 * error status, not JSON, a configuration that cannot work), the call goes on with the saved assistant; only where
 * there is none is it refused, because nothing says what to do with it.
 */
export function createDecide(ports: DecisionPorts) {
  return async (call: RingingCall, signal: AbortSignal, given?: GivenAssistant): Promise<CallDecision> => {
    const found =
      given?.assistant ??
      (call.assistantId ? await ports.findAssistant(call.organizationId, call.assistantId) : undefined);
    const saved = found?.isActive ? found : undefined;
    const levels = await ports.webhooks.levelsOf({
      ...call,
      configuration: saved?.configuration ?? null,
      webhookSecret: given?.webhookSecret ?? null,
    });
    // While it rings: the first tool call then finds TCP and TLS done.
    ports.prepare(synchronousUrls(saved?.configuration ?? null, levels));
    const answer = await ports.ask({
      organizationId: call.organizationId,
      callId: call.id,
      subject: subjectOf(call, "ringing"),
      detail: { type: "assistant-request" },
      routing: ports.webhooks.route("assistant-request", levels),
      deadlineMs: ASSISTANT_REQUEST_DEADLINE_MS,
      signal,
    });
    if (answer.outcome !== "answered") return fallback(explainFailure(answer), found, saved);
    const read = readAssistantRequestAnswer(answer.body);
    switch (read.mode) {
      case "invalid":
        return fallback(read.problem, found, saved);
      case "reject":
        return { outcome: "reject", text: read.text, configuration: saved?.configuration };
      case "default":
        if (!saved) return fallback("the webhook answered without a configuration", found, saved);
        return apply("default", saved, {}, read.maxDurationSeconds);
      case "transient":
        return apply("transient", saved, read.assistant, read.maxDurationSeconds);
      case "hybrid": {
        const named = await ports.findAssistant(call.organizationId, read.assistantId);
        if (!named) return fallback(`the webhook named an assistant that does not exist`, found, saved);
        return apply("hybrid", named, read.override, read.maxDurationSeconds);
      }
    }

    function apply(
      mode: AnswerDecision["mode"],
      base: SavedAssistant | undefined,
      change: Record<string, unknown>,
      maxDurationSeconds: number | undefined,
    ): CallDecision {
      const checked = ports.readPerCall(change);
      if (checked.outcome === "invalid")
        return fallback(`the answer is not valid: ${checked.problems.join("; ")}`, found, saved);
      const whole = overlay(
        base?.configuration ?? ports.defaultProviders(),
        checked.change,
        maxDurationSeconds,
      );
      const problems = ports.problemsOf(whole);
      if (problems.length > 0)
        return fallback(`the answer is not valid: ${problems.join("; ")}`, found, saved);
      const { webhook_secret: secret, ...configuration } = whole;
      return {
        outcome: "answer",
        mode,
        because: "the webhook answered",
        assistantId: base?.id ?? null,
        configuration,
        webhookSecret: typeof secret === "string" ? secret : undefined,
      };
    }
  };
}

function fallback(
  because: string,
  found: SavedAssistant | undefined,
  saved: SavedAssistant | undefined,
): CallDecision {
  if (saved) {
    const { id: assistantId, configuration } = saved;
    return {
      outcome: "answer",
      mode: "default",
      because,
      assistantId,
      configuration,
      webhookSecret: undefined,
    };
  }
  const why = found ? "The number's assistant is not active" : "The number is linked to no assistant";
  return { outcome: "refuse", error: `${why}, and ${because}` };
}
