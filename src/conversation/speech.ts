import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { Providers } from "../speech/providers.ts";
import { createStartConversation } from "./agent-conversation.ts";
import { createAnalyze } from "./analysis.ts";
import type { Speech } from "./conversation.ts";
import { createSpeakText } from "./speak-text.ts";
import { createSummarize } from "./summary.ts";

export function createSpeech(options: { providers: Providers; clock: Clock; logger: Logger }): Speech {
  const { providers, clock, logger } = options;
  const speakText = createSpeakText(providers, clock);
  return {
    speakText,
    startConversation: createStartConversation({ providers, speakText, clock, logger }),
    summarize: createSummarize(providers, clock),
    analyze: createAnalyze(providers, clock),
  };
}
