import { defineWords } from "../language/language.ts";

/** What becomes of webhook events. */
export const useEventStateWords = defineWords({
  en: {
    pending: "Waiting",
    retrying: "To be retried",
    "in-flight": "Being sent",
    delivered: "Delivered",
    exhausted: "Given up",
    cancelled: "Cancelled",
    failed: "No answer of use",
    skipped: "Not sent",
  },
  nl: {
    pending: "Wacht",
    retrying: "Komt opnieuw",
    "in-flight": "Wordt verzonden",
    delivered: "Bezorgd",
    exhausted: "Opgegeven",
    cancelled: "Geannuleerd",
    failed: "Geen bruikbaar antwoord",
    skipped: "Niet verzonden",
  },
});
