import { closingPhrasesOf, endsWithClosingPhrase } from "./closing-phrases.ts";
import type { LiveConversation } from "./live-conversation.ts";

/** Hangs up after a turn that ends with one of `end_call_phrases`. A turn that was cut off has not been said. */
export function watchClosingPhrases({ configuration, transcript, ending }: LiveConversation): void {
  const phrases = closingPhrasesOf(configuration.speech_config);
  if (phrases.length === 0) return;
  transcript.onTurn(({ role, content }, isInterrupted) => {
    if (role !== "assistant" || isInterrupted || !endsWithClosingPhrase(content, phrases)) return;
    // The turn is told of when it has been heard: there is nothing left to wait for.
    ending.hangUp({ reason: "assistant-hangup" }, () => Promise.resolve());
  });
}
