/** How much of a text has been heard when its audio was cut. Pure. */

/** A usual pace of speech, until this voice's own is known: about 15 letters a second. */
export const USUAL_MS_PER_CHARACTER = 65;

/**
 * @param playedMs  of the audio that was played
 * @param totalMs   of all the audio of `text`; undefined while it is still being made
 * @returns         the text up to the last whole word that was heard; all of it when everything was played
 */
export function heardText(options: {
  text: string;
  playedMs: number;
  totalMs: number | undefined;
  msPerCharacter: number;
}): string {
  const { text, playedMs, totalMs } = options;
  const expectedMs = totalMs ?? text.length * options.msPerCharacter;
  if (expectedMs <= 0 || playedMs >= expectedMs) return text;
  const heard = Math.floor((text.length * Math.max(0, playedMs)) / expectedMs);
  // In the middle of a word: that word was not heard.
  const isBetweenWords = /\s/.test(text[heard] ?? " ");
  const upTo = text.slice(0, heard);
  return (isBetweenWords ? upTo : upTo.replace(/\S*$/, "")).trimEnd();
}
