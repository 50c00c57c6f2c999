import { expect, test } from "vitest";
import { withPiece, type TranscriptLine } from "./transcript.ts";

const piece = (
  id: string,
  text: string,
  isFinal: boolean,
  speaker: TranscriptLine["speaker"] = "assistant",
) => ({
  id,
  speaker,
  text,
  isFinal,
});

test("a line grows where it stands, and what comes late does not take words away", () => {
  const pieces = [
    piece("1", "Good", false),
    piece("2", "Hi", true, "caller"),
    piece("1", "Good morning.", true),
    piece("1", "Good mor", false),
  ];
  const lines = pieces.reduce<readonly TranscriptLine[]>(withPiece, []);
  expect(lines).toEqual([piece("1", "Good morning.", true), piece("2", "Hi", true, "caller")]);
});

test("two speakers may use the same id", () => {
  const lines = [piece("1", "a", true), piece("1", "b", true, "caller")].reduce<readonly TranscriptLine[]>(
    withPiece,
    [],
  );
  expect(lines).toHaveLength(2);
});

test("the lines that were are left alone: a page may keep them", () => {
  const before = [piece("1", "a", false)];
  withPiece(before, piece("1", "ab", true));
  expect(before).toEqual([piece("1", "a", false)]);
});
