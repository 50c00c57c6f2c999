import type { Piece } from "./talk.ts";

/** A line of the conversation as it is shown. */
export interface Line {
  id: string;
  isCaller: boolean;
  text: string;
  isFinal: boolean;
  /** typed here, and not yet told by the server */
  isTyped?: true;
}

/**
 * What has been said so far, with one more piece of it. A text that was typed here is shown at once; where the server
 * tells it as well, it is the same line.
 */
export function withPiece(lines: readonly Line[], piece: Piece): Line[] {
  const id = `${piece.isCaller ? "caller" : "assistant"}-${piece.segmentId}`;
  const line: Line = { id, isCaller: piece.isCaller, text: piece.text, isFinal: piece.isFinal };
  const at = lines.findIndex((each) => each.id === id);
  const typed =
    at === -1 && piece.isCaller
      ? lines.findIndex((each) => each.isTyped === true && each.text === piece.text)
      : -1;
  const place = at === -1 ? typed : at;
  if (place === -1) return piece.text.trim() === "" ? [...lines] : [...lines, line];
  return lines.map((each, index) => (index === place ? line : each));
}

export function withTyped(lines: readonly Line[], text: string): Line[] {
  return [...lines, { id: `typed-${lines.length}`, isCaller: true, text, isFinal: true, isTyped: true }];
}

/** The transcript of a call that is over. */
export function linesOf(messages: readonly { role: string; content: string }[]): Line[] {
  return messages
    .filter(({ role }) => role === "user" || role === "assistant")
    .map(({ role, content }, index) => ({
      id: `message-${index}`,
      isCaller: role === "user",
      text: content,
      isFinal: true,
    }));
}
