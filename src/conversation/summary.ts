import { llm } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Providers } from "../speech/providers.ts";
import type { TranscriptMessage } from "./conversation.ts";
import { extractSummary } from "./extract.ts";

const SUMMARY_WITHIN_MS = 10_000;
const INSTRUCTIONS =
  "Summarize this telephone call in two or three sentences: what the caller wanted, and what came of it. " +
  "Answer in the language of the call, with the summary alone.";

/** The report's summary, by the assistant's own model where it has a real one, within ten seconds; else the extract. */
export function createSummarize(providers: Providers) {
  return async (
    messages: readonly TranscriptMessage[],
    configuration: AssistantConfiguration,
    signal: AbortSignal,
  ): Promise<string> => {
    const spoken = messages.filter(({ role }) => role !== "system");
    const isRealModel =
      configuration.llm_config !== undefined && configuration.llm_config.provider !== "scripted";
    if (!isRealModel || spoken.length === 0 || signal.aborted) return extractSummary(messages);
    const opened = providers.openLlm(configuration);
    if (opened.outcome === "unavailable") return extractSummary(messages);
    opened.provider.on("error", () => undefined);
    const context = llm.ChatContext.empty();
    context.addMessage({ role: "system", content: INSTRUCTIONS });
    context.addMessage({
      role: "user",
      content: spoken.map(({ role, content }) => `${role}: ${content}`).join("\n"),
    });
    const stream = opened.provider.chat({
      chatCtx: context,
      connOptions: { maxRetry: 0, retryIntervalMs: 0, timeoutMs: SUMMARY_WITHIN_MS },
    });
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), SUMMARY_WITHIN_MS);
      signal.addEventListener("abort", () => resolve(undefined), { once: true });
    });
    try {
      const response = await Promise.race([stream.collect(), limit]);
      return response?.text.trim() || extractSummary(messages);
    } catch {
      // The report may not wait for a model that fails: the extract is less, and true.
      return extractSummary(messages);
    } finally {
      clearTimeout(timer);
      stream.close();
    }
  };
}
