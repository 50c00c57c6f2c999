import type { TranscriptMessage } from "./conversation.ts";

const EXTRACT_CHARACTERS = 400;
/** For readers; who is told it by voice needs the rest alone. */
const EXTRACT_NOTE = "Extract (no language model was used): ";

/** A plain extract that says it is one: what the caller said first, and what was answered last. */
export function extractSummary(messages: readonly TranscriptMessage[]): string {
  const spoken = saidIn(messages);
  if (spoken.length === 0) return `${EXTRACT_NOTE}nothing was said.`;
  const asked = spoken.find(({ role }) => role === "user")?.content;
  const answered = spoken.findLast(({ role }) => role === "assistant")?.content;
  const parts = [
    asked && `The caller said: “${asked}”`,
    answered && `The assistant said last: “${answered}”`,
  ];
  const text = `${EXTRACT_NOTE}${parts.filter(Boolean).join(" ")}`;
  return text.length > EXTRACT_CHARACTERS ? `${text.slice(0, EXTRACT_CHARACTERS)}…` : text;
}

/** A summary or an extract, to be spoken: without the note on how it was made, without quotation marks. */
export function toSpeech(summary: string): string {
  const bare = summary.startsWith(EXTRACT_NOTE) ? summary.slice(EXTRACT_NOTE.length) : summary;
  return bare.replaceAll(/[“”"*_#]/g, "");
}

/** What was said by either side. Pure. */
export function saidIn(messages: readonly TranscriptMessage[]): TranscriptMessage[] {
  return messages.filter(({ role }) => role !== "system");
}

/** The same for a model to read, a line a message. Pure. */
export function saidAsText(messages: readonly TranscriptMessage[]): string {
  return saidIn(messages)
    .map(({ role, content }) => `${role}: ${content}`)
    .join("\n");
}
