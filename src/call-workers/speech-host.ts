import type { ConversationRequest, Speech } from "../conversation/conversation.ts";
import type { ProviderSettings } from "../speech/provider-availability.ts";
import type { CallMedia } from "../telephony/carrier.ts";
import type { LentFunctions } from "./lent-functions.ts";
import {
  conversationScope,
  requestScope,
  type HostedConversation,
  type HostedSpeech,
} from "./worker-contract.ts";

/** Clients of so many providers' settings are kept; one that is forgotten is made anew with its next call. */
const MOST_REMEMBERED = 200;

/** The worker's half of speech: conversations run here, beside the audio; what they need of the call they ask for. */
export function createSpeechHost(options: {
  lent: LentFunctions;
  createSpeech: (settings: ProviderSettings) => Speech;
  /** @throws when the leg is not there (any more) */
  mediaOf: (mediaId: string) => CallMedia;
}): HostedSpeech {
  const { lent, mediaOf } = options;
  const made = new Map<string, Speech>();

  function speechWith(settings: ProviderSettings): Speech {
    const key = JSON.stringify(settings);
    const known = made.get(key);
    if (known) return known;
    if (made.size >= MOST_REMEMBERED) made.clear();
    const speech = options.createSpeech(settings);
    made.set(key, speech);
    return speech;
  }

  return {
    async startConversation(id, mediaId, settings, description) {
      const request = lent.borrow(requestScope(id), description) as Omit<ConversationRequest, "media">;
      const media = mediaOf(mediaId);
      const started = await speechWith(settings).startConversation({ ...request, media });
      if (started.outcome === "failed") return started;
      const { conversation } = started;
      const hosted: HostedConversation = {
        untilEnd: () => conversation.ended,
        digit: (digit) => conversation.digit(digit),
        typed: (text) => conversation.typed(text),
        say: (text, toTheEnd) => conversation.say(text, toTheEnd),
        hold: () => conversation.hold(),
        resume: () => conversation.resume(),
        transferFailed: (detail) => conversation.transferFailed(detail),
        addContext: (text, respond) => conversation.addContext(text, respond),
        stop: () => conversation.stop().finally(release),
      };
      const { description: lentDescription, release } = lent.lend(conversationScope(id), hosted);
      return { outcome: "started", conversation: lentDescription, messages: conversation.messages() };
    },
    speakText: (mediaId, settings, text, configuration, signal) =>
      speechWith(settings).speakText({ text, configuration, media: mediaOf(mediaId), signal }),
    summarize: (settings, messages, configuration, signal) =>
      speechWith(settings).summarize(messages, configuration, signal),
    analyze: (settings, call, configuration, signal) =>
      speechWith(settings).analyze(call, configuration, signal),
  };
}
