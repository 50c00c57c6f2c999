import { voice } from "@livekit/agents";
import type { ConversationEvents } from "./conversation.ts";
import type { LiveConversation } from "./live-conversation.ts";

/** A word is heard in about a third of a second. */
const FOLLOW_EVERY_MS = 200;

/**
 * Tells of what is said while it is said, for a caller with a screen. The caller's words come as they are recognised; the
 * assistant's as they are heard, not as the model makes them, so that what is shown never runs ahead of the voice and an
 * interruption leaves nothing on the screen that was not said.
 */
export function followTranscription(live: LiveConversation): void {
  const tell = live.request.events.onTranscription;
  if (!tell) return;
  followCaller(live, tell);
  followAssistant(live, tell);
}

type Tell = NonNullable<ConversationEvents["onTranscription"]>;

function followCaller({ session, ending }: LiveConversation, tell: Tell): void {
  let utterance = 1;
  let shown = "";
  session.on(voice.AgentSessionEventTypes.UserInputTranscribed, ({ transcript, isFinal }) => {
    const text = transcript.trim();
    if (ending.over.aborted || text === "" || (text === shown && !isFinal)) return;
    tell({ segmentId: `caller-${utterance}`, speaker: "caller", text, isFinal });
    shown = isFinal ? "" : text;
    if (isFinal) utterance++;
  });
}

function followAssistant({ clock, floor, output, transcript, ending }: LiveConversation, tell: Tell): void {
  let utterance = 1;
  let shown = "";
  let cancel: (() => void) | undefined;

  function follow(): void {
    cancel = undefined;
    if (ending.over.aborted) return;
    const text = output.heardSoFar()?.trim();
    // Shorter than what is shown: the next utterance has begun, and the turn that ends this one is on its way.
    if (text && text.length > shown.length) {
      shown = text;
      tell({ segmentId: `assistant-${utterance}`, speaker: "assistant", text, isFinal: false });
    }
    if (floor.state.isAssistantSpeaking) cancel = clock.after(FOLLOW_EVERY_MS, follow);
  }

  floor.onChange(({ isAssistantSpeaking }) => {
    if (isAssistantSpeaking && !cancel) cancel = clock.after(FOLLOW_EVERY_MS, follow);
  });
  transcript.onTurn(({ role, content }) => {
    if (role !== "assistant") return;
    tell({ segmentId: `assistant-${utterance}`, speaker: "assistant", text: content, isFinal: true });
    utterance++;
    shown = "";
  });
  ending.over.addEventListener("abort", () => cancel?.(), { once: true });
}
