/** What was said or typed in a call, in order. Pure. */
export interface TranscriptLine {
  /** the same while a line grows */
  id: string;
  speaker: "caller" | "assistant";
  text: string;
  /** no more of it comes */
  isFinal: boolean;
}

/**
 * The lines with one more piece: a piece of a line that is there replaces it, where it stands; what is final stays as it
 * is, because pieces may overtake each other on the network.
 */
export function withPiece(
  lines: readonly TranscriptLine[],
  piece: TranscriptLine,
): readonly TranscriptLine[] {
  const at = lines.findIndex(({ id, speaker }) => id === piece.id && speaker === piece.speaker);
  if (at === -1) return [...lines, piece];
  if (lines[at]?.isFinal) return lines;
  return lines.map((line, index) => (index === at ? piece : line));
}
