import { voice } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Heard } from "./audio-output.ts";
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

/** @param takeHeard  what was heard of what the assistant said last; undefined: nothing of it was played */
export function createTranscript(
  configuration: AssistantConfiguration,
  session: voice.AgentSession,
  takeHeard: () => Heard | undefined,
): Transcript {
  const messages = configuredMessages(configuration).filter(({ role }) => role === "system");
  const listeners: Parameters<Transcript["onTurn"]>[0][] = [];

  function add(message: TranscriptMessage, isInterrupted = false): void {
    messages.push(message);
    for (const listener of listeners) listener(message, isInterrupted);
  }

  /** Nothing of it was heard; an empty message is an error at some providers. */
  function forget(id: string): void {
    const context = session.currentAgent.chatCtx.copy();
    context.items = context.items.filter((item) => item.id !== id);
    void session.currentAgent.updateChatCtx(context).catch(() => undefined);
  }

  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== "message" || (item.role !== "user" && item.role !== "assistant")) return;
    const heard = item.role === "assistant" ? takeHeard() : undefined;
    if (item.role === "assistant" && item.interrupted) {
      // What `say` was cut off in, the session keeps as if all of it had been said: the model is told better.
      item.content = [heard ? (heard.text ?? item.textContent ?? "") : ""];
    }
    const content = item.textContent;
    if (content) add({ role: item.role, content }, item.interrupted);
    else forget(item.id);
  });

  return {
    messages: () => [...messages],
    add: (message) => add(message),
    onTurn: (listener) => listeners.push(listener),
  };
}
