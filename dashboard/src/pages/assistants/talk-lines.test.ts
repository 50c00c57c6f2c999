import { expect, it } from "vitest";
import { linesOf, withPiece, withTyped, type Line } from "./talk-lines.ts";

const piece = (segmentId: string, text: string, isFinal: boolean, isCaller = false) => ({
  segmentId,
  text,
  isFinal,
  isCaller,
});
const shown = (lines: readonly Line[]) =>
  lines.map(
    ({ isCaller, text, isFinal }) => `${isCaller ? "caller" : "assistant"}: ${text}${isFinal ? "" : "…"}`,
  );

it("grows a line until it is final, and keeps the order in which they began", () => {
  let lines = withPiece([], piece("1", "Good", false));
  lines = withPiece(lines, piece("2", "Hello", true, true));
  lines = withPiece(lines, piece("1", "Good day", true));
  expect(shown(lines)).toEqual(["assistant: Good day", "caller: Hello"]);
});

it("keeps both sides apart, whatever they number their pieces", () => {
  const lines = withPiece(withPiece([], piece("1", "Hi", true)), piece("1", "Hi", true, true));
  expect(shown(lines)).toEqual(["assistant: Hi", "caller: Hi"]);
});

it("shows a typed text once, also when the server tells it", () => {
  let lines = withTyped(withPiece([], piece("1", "Good day", true)), "When do you close?");
  lines = withPiece(lines, piece("7", "When do you close?", true, true));
  lines = withTyped(lines, "When do you close?");
  expect(shown(lines)).toEqual([
    "assistant: Good day",
    "caller: When do you close?",
    "caller: When do you close?",
  ]);
});

it("begins no line for nothing", () => {
  expect(withPiece([], piece("1", " ", false))).toEqual([]);
});

it("shows the transcript without what the model alone was told", () => {
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "assistant", content: "Good day" },
    { role: "user", content: "Bye" },
  ];
  expect(shown(linesOf(messages))).toEqual(["assistant: Good day", "caller: Bye"]);
});
