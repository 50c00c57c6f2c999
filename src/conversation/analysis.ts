import { createAnalysisCheck, readAnalysis, type AnalysisCheck } from "../analysis/analysis-answer.ts";
import { analysisPlanOf, askForAnalysis } from "../analysis/analysis-plan.ts";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Providers } from "../speech/providers.ts";
import { openPostcallModel, type ModelQuestion } from "./ask-model.ts";
import type { AnalysisResult, TranscriptMessage } from "./conversation.ts";
import { saidIn } from "./extract.ts";

/** The report waits for it; a second try has to fit in as well. */
const ANALYSIS_WITHIN_MS = 20_000;

/** The structured data that a plan asks for, by a model, checked against the plan's schema. Never rejects. */
export function createAnalyze(providers: Providers, clock: Clock) {
  return async (
    call: { messages: readonly TranscriptMessage[]; endedReason: string },
    configuration: AssistantConfiguration,
    signal: AbortSignal,
  ): Promise<AnalysisResult> => {
    const plan = analysisPlanOf(configuration);
    if (!plan) return { outcome: "unasked" };
    const said = saidIn(call.messages).length;
    if (said < plan.leastMessages) {
      return { outcome: "skipped", because: `${said} messages; the plan wants ${plan.leastMessages}` };
    }
    const ask = openPostcallModel(providers, configuration, clock);
    if (!ask) return { outcome: "skipped", because: "there is no language model to ask" };
    let check: AnalysisCheck;
    try {
      check = createAnalysisCheck(plan.schema);
    } catch (error) {
      return { outcome: "failed", because: `the plan's schema: ${toError(error).message}` };
    }

    const untilMs = clock.monotonicMs() + ANALYSIS_WITHIN_MS;
    let messages: ModelQuestion["messages"] = askForAnalysis(plan, call);
    for (let isSecond = false; ; isSecond = true) {
      const answer = await ask({ messages, withinMs: Math.max(1, untilMs - clock.monotonicMs()), signal });
      if (answer.outcome === "failed") return { outcome: "failed", because: answer.problem };
      const read = readAnalysis(answer.text, check);
      if (read.outcome === "data") return { outcome: "made", data: read.data };
      if (isSecond) return { outcome: "failed", because: read.problem };
      // Told what is wrong, most models mend it.
      messages = [
        ...messages,
        { role: "assistant", content: answer.text },
        {
          role: "user",
          content: `That cannot be used: ${read.problem}. Answer again, with the JSON object alone.`,
        },
      ];
    }
  };
}
