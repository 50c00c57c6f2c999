import type { TranscriptMessage } from "./conversation.ts";

const EXTRACT_CHARACTERS = 400;

/** A plain extract that says it is one: what the caller said first, and what was answered last. */
export function extractSummary(messages: readonly TranscriptMessage[]): string {
  const spoken = messages.filter(({ role }) => role !== "system");
  if (spoken.length === 0) return "Extract (no language model was used): nothing was said.";
  const asked = spoken.find(({ role }) => role === "user")?.content;
  const answered = spoken.findLast(({ role }) => role === "assistant")?.content;
  const parts = [
    asked && `The caller said: “${asked}”`,
    answered && `The assistant said last: “${answered}”`,
  ];
  const text = `Extract (no language model was used): ${parts.filter(Boolean).join(" ")}`;
  return text.length > EXTRACT_CHARACTERS ? `${text.slice(0, EXTRACT_CHARACTERS)}…` : text;
}
