import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { Providers } from "../speech/providers.ts";
import { createStartConversation } from "./agent-conversation.ts";
import type { SpeakText, StartConversation, TranscriptMessage } from "./conversation.ts";
import { createSpeakText } from "./speak-text.ts";
import { createSummarize } from "./summary.ts";

/** Everything that a call uses services for, with one organization's keys. */
export interface Speech {
  startConversation: StartConversation;
  speakText: SpeakText;
  /** bounded in time; never rejects */
  summarize(
    messages: readonly TranscriptMessage[],
    configuration: AssistantConfiguration,
    signal: AbortSignal,
  ): Promise<string>;
}

export function createSpeech(options: { providers: Providers; clock: Clock; logger: Logger }): Speech {
  const { providers, clock, logger } = options;
  const speakText = createSpeakText(providers, clock);
  return {
    speakText,
    startConversation: createStartConversation({ providers, speakText, clock, logger }),
    summarize: createSummarize(providers),
  };
}
