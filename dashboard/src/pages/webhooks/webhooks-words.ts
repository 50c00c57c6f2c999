import { defineWords } from "../../language/language.ts";

/** What the pages of this section share: their names, and the states of events. */
export const useWebhooksWords = defineWords({
  en: {
    title: "Webhooks",
    description: "What your systems were told, and what they answered.",
    events: "Events",
    endpoints: "Endpoints",
    settings: "Account webhook",
    pending: "Waiting",
    retrying: "To be retried",
    "in-flight": "Being sent",
    delivered: "Delivered",
    exhausted: "Given up",
    cancelled: "Cancelled",
    failed: "No answer of use",
    skipped: "Not sent",
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
    pending: "Wacht",
    retrying: "Komt opnieuw",
    "in-flight": "Wordt verzonden",
    delivered: "Bezorgd",
    exhausted: "Opgegeven",
    cancelled: "Geannuleerd",
    failed: "Geen bruikbaar antwoord",
    skipped: "Niet verzonden",
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
