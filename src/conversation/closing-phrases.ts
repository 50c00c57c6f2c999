/**
 * `end_call_phrases` (facts 4.4): a turn of the assistant that ends with one of them ends the call. Case and
 * punctuation do not matter. Pure.
 */
export function endsWithClosingPhrase(turn: string, phrases: readonly string[]): boolean {
  const said = bare(turn);
  return phrases.some((phrase) => {
    const wanted = bare(phrase);
    if (wanted === "" || !said.endsWith(wanted)) return false;
    // "bye" is not the end of "lullabye"; but some scripts write no spaces between words at all.
    const before = said[said.length - wanted.length - 1];
    return before === undefined || before === " " || UNSPACED.test(wanted[0]!);
  });
}

export function closingPhrasesOf(speechConfig: Record<string, unknown> | null | undefined): string[] {
  const phrases = speechConfig?.["end_call_phrases"];
  return Array.isArray(phrases) ? phrases.filter((phrase) => typeof phrase === "string") : [];
}

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Letters and digits alone, in words. An apostrophe is inside a word, so that "that's" and "thats" are the same. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}
