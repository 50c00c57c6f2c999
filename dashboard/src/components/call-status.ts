import type { Tone } from "./status-badge.tsx";
import { defineWords } from "../language/language.ts";

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

/** Why a call ended. */
export const useEndReasonWords = defineWords({
  en: {
    user_hangup: "the caller hung up",
    assistant_hangup: "the assistant hung up",
    max_duration: "the longest duration was reached",
    silence_timeout: "nobody said anything",
    voicemail: "a mailbox picked up",
    consent_declined: "the caller declined the recording",
    consent_timeout: "the caller did not answer about the recording",
    user_cancelled: "the caller gave up while it rang",
    rejected_by_webhook: "the webhook refused it",
    insufficient_credits: "the minutes are used up",
    ended_by_api: "ended from outside",
    transferred: "handed over",
    busy: "the line was busy",
    no_answer: "nobody picked up",
    not_joined: "no browser joined in time",
    declined: "the called side refused",
    unreachable: "there is no way to the number",
    mcp_server_unreachable: "a required MCP server could not be reached",
    not_configured: "nothing says how to answer it",
    error: "an error",
    connection_lost: "the connection was lost",
    server_shutdown: "the server was stopped",
    server_lost: "the server died",
  },
  nl: {
    user_hangup: "de beller hing op",
    assistant_hangup: "de assistent hing op",
    max_duration: "de langste duur was bereikt",
    silence_timeout: "niemand zei iets",
    voicemail: "een voicemail nam op",
    consent_declined: "de beller wees de opname af",
    consent_timeout: "de beller antwoordde niet over de opname",
    user_cancelled: "de beller gaf op terwijl het overging",
    rejected_by_webhook: "de webhook weigerde het",
    insufficient_credits: "de minuten zijn op",
    ended_by_api: "van buiten beëindigd",
    transferred: "overgedragen",
    busy: "de lijn was bezet",
    no_answer: "niemand nam op",
    not_joined: "er kwam geen browser op tijd",
    declined: "de gebelde weigerde",
    unreachable: "er is geen weg naar het nummer",
    mcp_server_unreachable: "een vereiste MCP-server was onbereikbaar",
    not_configured: "niets zegt hoe het aan te nemen",
    error: "een fout",
    connection_lost: "de verbinding viel weg",
    server_shutdown: "de server werd gestopt",
    server_lost: "de server viel uit",
  },
});

export function endReasonText(reason: string, words: ReturnType<typeof useEndReasonWords>): string {
  return reason in words ? words[reason as keyof typeof words] : reason;
}
