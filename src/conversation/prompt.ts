import { llm } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { TranscriptMessage } from "./conversation.ts";

const DEFAULT_INSTRUCTIONS =
  "You are a helpful assistant on a telephone call. Answer briefly, in plain spoken sentences.";

/** `llm_config.messages`, cleaned of what is not a message. */
export function configuredMessages(configuration: AssistantConfiguration): TranscriptMessage[] {
  const messages = configuration.llm_config?.["messages"];
  if (!Array.isArray(messages)) return [];
  return messages.filter(
    (message): message is TranscriptMessage =>
      typeof message === "object" &&
      message !== null &&
      ["system", "user", "assistant"].includes((message as TranscriptMessage).role) &&
      typeof (message as TranscriptMessage).content === "string",
  );
}

/** The system messages are the instructions; the others are what was said before the call began. */
export function promptOf(configuration: AssistantConfiguration): {
  instructions: string;
  context: llm.ChatContext;
} {
  const messages = configuredMessages(configuration);
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const context = llm.ChatContext.empty();
  for (const { role, content } of messages) if (role !== "system") context.addMessage({ role, content });
  return { instructions: system.length > 0 ? system.join("\n\n") : DEFAULT_INSTRUCTIONS, context };
}
