import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import type { Providers } from "../speech/providers.ts";
import { openPostcallModel } from "./ask-model.ts";
import type { TranscriptMessage } from "./conversation.ts";
import { extractSummary, saidAsText } from "./extract.ts";

const SUMMARY_WITHIN_MS = 10_000;
const INSTRUCTIONS =
  "Summarize this telephone call in two or three sentences: what the caller wanted, and what came of it. " +
  "Answer in the language of the call, with the summary alone.";

/** The report's summary, by a model where there is a real one, within ten seconds; else the extract. */
export function createSummarize(providers: Providers, clock: Clock) {
  return async (
    messages: readonly TranscriptMessage[],
    configuration: AssistantConfiguration,
    signal: AbortSignal,
  ): Promise<string> => {
    const said = saidAsText(messages);
    const ask = said !== "" ? openPostcallModel(providers, configuration, clock) : undefined;
    const answer = await ask?.({
      messages: [
        { role: "system", content: INSTRUCTIONS },
        { role: "user", content: said },
      ],
      withinMs: SUMMARY_WITHIN_MS,
      signal,
    });
    // The report may not wait for a model that fails: the extract is less, and true.
    return answer?.outcome === "answered" ? answer.text : extractSummary(messages);
  };
}
