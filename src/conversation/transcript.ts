import { voice } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import type { Heard } from "./audio-output.ts";
import type { TranscriptMessage } from "./conversation.ts";
import { configuredMessages } from "./prompt.ts";

/**
 * What has been said, in order, system messages first (facts 1.9). The session tells of a turn when it is done with it: on a
 * machine that is slow, of what cut the assistant off before of what was cut off. So the assistant's turns stand where they
 * began.
 */
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
  { takeHeard, clock }: { takeHeard: () => Heard | undefined; clock: Clock },
): Transcript {
  const turns: { message: TranscriptMessage; placedAtMs: number }[] = configuredMessages(configuration)
    .filter(({ role }) => role === "system")
    .map((message) => ({ message, placedAtMs: Number.NEGATIVE_INFINITY }));
  const listeners: Parameters<Transcript["onTurn"]>[0][] = [];

  function add(message: TranscriptMessage, placedAtMs: number, isInterrupted = false): void {
    const after = turns.findLastIndex((turn) => turn.placedAtMs <= placedAtMs);
    turns.splice(after + 1, 0, { message, placedAtMs });
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
    // Not where a caller's turn began: a cough long before its words may count as its beginning.
    const spokenAtS =
      item.role === "assistant" ? (item.metrics.startedSpeakingAt ?? item.createdAt / 1_000) : undefined;
    const placedAtMs = spokenAtS === undefined ? clock.now().getTime() : spokenAtS * 1_000;
    if (content) add({ role: item.role, content }, placedAtMs, item.interrupted);
    else forget(item.id);
  });

  return {
    messages: () => turns.map(({ message }) => message),
    add: (message) => add(message, clock.now().getTime()),
    onTurn: (listener) => listeners.push(listener),
  };
}
