import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { TranscriptMessage } from "./conversation.ts";

/** Telling a mailbox from a person by its first words (facts 11.1). Pure. */

/** What mailboxes say: the documented list, then its like in Dutch and German. */
const INDICATORS = [
  "voicemail",
  "leave a message",
  "please record",
  "unavailable",
  "not available",
  "not here",
  "after the tone",
  "after the beep",
  "press star",
  "speak your message",
  "call back later",
  "mailbox",
  "beep",
  "message",
  // Dutch
  "voice mail",
  "bericht achter",
  "bericht inspreken",
  "spreek uw bericht",
  "spreek je bericht",
  "boodschap",
  "na de toon",
  "na de piep",
  "na de pieptoon",
  "niet bereikbaar",
  "niet beschikbaar",
  "niet aanwezig",
  "bel later terug",
  "antwoordapparaat",
  // German
  "anrufbeantworter",
  "sprachbox",
  "nachricht",
  "hinterlassen sie",
  "nach dem ton",
  "nach dem signalton",
  "nach dem piepton",
  "nicht erreichbar",
  "nicht verfügbar",
  "nicht zu hause",
  "rufen sie später",
] as const;

/** @param utterance  the first one; later ones are not to be asked about */
export function isVoicemailGreeting(utterance: string): boolean {
  const said = ` ${utterance
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")} `;
  // From the beginning of a word on: "messages" and "mailboxes" count, "not heretical" is nothing that people say.
  return INDICATORS.some((indicator) => said.includes(` ${indicator}`));
}

export interface VoicemailSettings {
  /** undefined: hang up without a word */
  message: string | undefined;
}

/** @returns undefined when nobody looks for mailboxes */
export function voicemailSettingsOf(
  configuration: AssistantConfiguration,
  direction: string | undefined,
): VoicemailSettings | undefined {
  if (direction !== "outbound" || configuration["voicemail_detection"] !== true) return undefined;
  const message = configuration["voicemail_message"];
  return { message: typeof message === "string" && message.trim() !== "" ? message : undefined };
}

/** The report's summary (facts 11.1); what was left is what was heard, if the mailbox cut it off. */
export function voicemailSummary(
  messages: readonly TranscriptMessage[],
  configuration: AssistantConfiguration | undefined,
): string {
  const wanted = configuration?.["voicemail_message"];
  const last = messages.at(-1);
  const isLeft =
    last?.role === "assistant" && typeof wanted === "string" && wanted.trim().startsWith(last.content.trim());
  return `Voicemail detected. ${isLeft ? `Left message: ${last.content}` : "No message was left."}`;
}
