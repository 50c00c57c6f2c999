import { defineWords } from "../../language/language.ts";

/** What the pages of this section share: their names, and where an endpoint is configured. */
export const useWebhooksWords = defineWords({
  en: {
    title: "Webhooks",
    description: "What your systems were told, and what they answered.",
    events: "Events",
    endpoints: "Endpoints",
    settings: "Account webhook",
    account: "Account",
    assistant: "Assistant",
    tool: "Tool",
    call: "Call",
  },
  nl: {
    title: "Webhooks",
    description: "Wat uw systemen is verteld, en wat ze antwoordden.",
    events: "Gebeurtenissen",
    endpoints: "Eindpunten",
    settings: "Webhook van het account",
    account: "Account",
    assistant: "Assistent",
    tool: "Tool",
    call: "Gesprek",
  },
});

export function levelText(level: string, words: ReturnType<typeof useWebhooksWords>): string {
  return level === "account" || level === "assistant" || level === "tool" || level === "call"
    ? words[level]
    : level;
}
