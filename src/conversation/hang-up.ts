import type { LiveConversation } from "./live-conversation.ts";

/** The assistant has decided that the call is over: it says `end_call_message`, or what it is saying, to the end. */
export function hangUpByAssistant(conversation: LiveConversation): void {
  const { configuration, clock, ending, speaker } = conversation;
  const endMessage = configuration.speech_config?.["end_call_message"];
  ending.hangUp({ reason: "assistant-hangup" }, async () => {
    // The tool call itself is part of the speech that is to be waited for: let it return first.
    await new Promise<void>((resolve) => clock.after(0, resolve));
    if (typeof endMessage === "string" && endMessage !== "")
      await speaker.say(endMessage, { isInterruptible: false });
    else await speaker.untilSaid();
  });
}
