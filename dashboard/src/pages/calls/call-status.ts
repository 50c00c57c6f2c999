import type { Tone } from "../../components/status-badge.tsx";
import { defineWords } from "../../language/language.ts";

/** The words for a call's status and for why it ended. */
export const useStatusWords = defineWords({
  en: {
    connecting: "Connecting",
    ringing: "Ringing",
    "in-progress": "In progress",
    ended: "Ended",
    "ended-with-error": "Ended with an error",
    rejected: "Rejected",
    failed: "Failed",
    transferred: "Transferred",
  },
  nl: {
    connecting: "Verbinden",
    ringing: "Gaat over",
    "in-progress": "Bezig",
    ended: "Beëindigd",
    "ended-with-error": "Beëindigd met een fout",
    rejected: "Geweigerd",
    failed: "Mislukt",
    transferred: "Doorverbonden",
  },
});

/** One that this page does not know is shown as the API says it. */
export function statusText(status: string, words: ReturnType<typeof useStatusWords>): string {
  return status in words ? words[status as keyof typeof words] : status;
}

export function statusTone(status: string): Tone {
  switch (status) {
    case "connecting":
    case "ringing":
    case "in-progress":
      return "live";
    case "ended":
    case "transferred":
      return "good";
    case "rejected":
      return "warn";
    default:
      return "bad";
  }
}
