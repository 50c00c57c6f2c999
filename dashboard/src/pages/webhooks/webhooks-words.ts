import { defineWords } from "../../language/language.ts";

export const useWebhooksWords = defineWords({
  en: {
    title: "Webhooks",
    description: "What your systems were told, and what they answered.",
    endpoint: "Endpoint",
    health: "Health",
    healthy: "Healthy",
    failing: (count: string) => `${count} failures in a row`,
    resting: "Resting after failures",
    disabled: "Disabled",
    pending: "Waiting",
    emptyTitle: "No endpoints yet",
    empty: "An endpoint comes into being with the first webhook that is sent to its address.",
  },
  nl: {
    title: "Webhooks",
    description: "Wat uw systemen is verteld, en wat ze antwoordden.",
    endpoint: "Eindpunt",
    health: "Gezondheid",
    healthy: "Gezond",
    failing: (count: string) => `${count} keer achtereen mislukt`,
    resting: "Rust na mislukkingen",
    disabled: "Uitgeschakeld",
    pending: "Wachtend",
    emptyTitle: "Nog geen eindpunten",
    empty: "Een eindpunt ontstaat met de eerste webhook die naar zijn adres gaat.",
  },
});
