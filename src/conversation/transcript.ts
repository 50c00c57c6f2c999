import { voice } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { TranscriptMessage } from "./conversation.ts";
import { configuredMessages } from "./prompt.ts";

/** What has been said, in order, system messages first (facts 1.9). */
export interface Transcript {
  messages(): TranscriptMessage[];
  /** Adds a turn that the session knows nothing of. */
  add(message: TranscriptMessage): void;
  /** @param listener  told of each turn after it was added; `isInterrupted`: the assistant was cut off in it */
  onTurn(listener: (message: TranscriptMessage, isInterrupted: boolean) => void): void;
}

export function createTranscript(
  configuration: AssistantConfiguration,
  session: voice.AgentSession,
): Transcript {
  const messages = configuredMessages(configuration).filter(({ role }) => role === "system");
  const listeners: Parameters<Transcript["onTurn"]>[0][] = [];

  function add(message: TranscriptMessage, isInterrupted = false): void {
    messages.push(message);
    for (const listener of listeners) listener(message, isInterrupted);
  }

  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== "message" || (item.role !== "user" && item.role !== "assistant")) return;
    const content = item.textContent;
    if (content) add({ role: item.role, content }, item.interrupted);
  });

  return {
    messages: () => [...messages],
    add: (message) => add(message),
    onTurn: (listener) => listeners.push(listener),
  };
}
