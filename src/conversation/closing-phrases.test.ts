import { expect, test } from "vitest";
import { closingPhrasesOf, endsWithClosingPhrase } from "./closing-phrases.ts";

test.each([
  ["Thank you for calling. Goodbye!", ["goodbye"], true],
  ["THANK YOU, AND GOOD BYE…", ["Good bye."], true],
  ["Goodbye", ["goodbye"], true],
  ["Goodbye! Anything else?", ["goodbye"], false],
  ["That was a lullabye.", ["bye"], false],
  ["Bye-bye!", ["bye"], true],
  ["That’s all.", ["that's all"], true],
  ["Have a nice day  -  tot ziens 👋", ["Tot ziens!"], true],
  ["Auf Wiederhören", ["auf wiederhören"], true],
  ["Auf Wiederho\u0308ren", ["auf wiederhören"], true],
  ["ありがとうございました。さようなら。", ["さようなら"], true],
  ["One two", ["three", "two"], true],
  ["Anything", ["?!"], false],
  ["Anything", [], false],
  ["", ["bye"], false],
] as const)("%s ends with one of %j: %s", (turn, phrases, expected) => {
  expect(endsWithClosingPhrase(turn, phrases)).toBe(expected);
});

test("a configuration from a webhook may hold anything", () => {
  expect(closingPhrasesOf({ end_call_phrases: ["bye", 3, null] })).toEqual(["bye"]);
  expect(closingPhrasesOf({ end_call_phrases: "bye" })).toEqual([]);
  expect(closingPhrasesOf(null)).toEqual([]);
});
