import { llm } from "@livekit/agents";
import type { AssistantConfiguration, ProviderConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Providers } from "../speech/providers.ts";

export interface ModelQuestion {
  messages: readonly { role: "system" | "user" | "assistant"; content: string }[];
  withinMs: number;
  signal: AbortSignal;
}

export type ModelAnswer = { outcome: "answered"; text: string } | { outcome: "failed"; problem: string };

const STOPPED: ModelAnswer = { outcome: "failed", problem: "stopped" };

/** Asks a language model one thing outside of a conversation. Never rejects. */
export type AskModel = (question: ModelQuestion) => Promise<ModelAnswer>;

/**
 * The model that looks back at a call: the one of `postcall_llm` where it can be had (facts 15.4), else the assistant's own.
 *
 * @returns undefined: there is none, or a scripted one, which says what it was told to
 */
export function openPostcallModel(
  providers: Providers,
  configuration: AssistantConfiguration,
  clock: Clock,
): AskModel | undefined {
  const choices = [configuration["postcall_llm"] as ProviderConfiguration | null, configuration.llm_config];
  for (const choice of choices) {
    if (!choice || choice.provider === "scripted") continue;
    const opened = providers.openLlm({ ...configuration, llm_config: choice });
    if (opened.outcome === "unavailable") continue;
    return (question) => ask(opened.provider, question, clock);
  }
  return undefined;
}

async function ask(model: llm.LLM, question: ModelQuestion, clock: Clock): Promise<ModelAnswer> {
  const { withinMs, signal } = question;
  if (signal.aborted) return STOPPED;
  const chatCtx = llm.ChatContext.empty();
  for (const { role, content } of question.messages) chatCtx.addMessage({ role, content });
  const { promise: given, resolve: give } = Promise.withResolvers<ModelAnswer>();
  const fail = (problem: string) => give({ outcome: "failed", problem });
  const stop = () => give(STOPPED);
  // A request that fails ends the answer as a good one does, and says so here.
  const onError = ({ error }: { error: Error }) => fail(error.message);
  model.on("error", onError);
  signal.addEventListener("abort", stop, { once: true });
  const cancelLimit = clock.after(withinMs, () => fail(`no answer within ${Math.round(withinMs / 1_000)} s`));
  const stream = model.chat({
    chatCtx,
    connOptions: { maxRetry: 0, retryIntervalMs: 0, timeoutMs: Math.ceil(withinMs) },
  });
  stream.collect().then(
    ({ text }) =>
      text.trim() === "" ? fail("an empty answer") : give({ outcome: "answered", text: text.trim() }),
    (error: unknown) => fail(toError(error).message),
  );
  try {
    return await given;
  } finally {
    cancelLimit();
    signal.removeEventListener("abort", stop);
    stream.close();
  }
}
