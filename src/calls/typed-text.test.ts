import { expect, test } from "vitest";
import { createTypedTexts, MOST_CHARACTERS } from "./typed-text.ts";

test.each([
  ["  Hello  ", { outcome: "taken", text: "Hello" }],
  ["two\nlines", { outcome: "taken", text: "two\nlines" }],
  ["a\u0000b\u001b[31mc", { outcome: "taken", text: "ab[31mc" }],
  ["", { outcome: "empty" }],
  [" \n\u0000 ", { outcome: "empty" }],
  ["x".repeat(MOST_CHARACTERS), { outcome: "taken", text: "x".repeat(MOST_CHARACTERS) }],
  ["x".repeat(MOST_CHARACTERS + 1), { outcome: "too-long" }],
])("%j is read as %j", (typed, read) => {
  expect(createTypedTexts().read(typed, 0)).toEqual(read);
});

test("ten texts in twenty seconds are taken, and more as time goes on", () => {
  const texts = createTypedTexts();
  const outcomes = Array.from({ length: 12 }, (_, index) => texts.read("x", index * 100).outcome);
  expect(outcomes).toEqual([...Array<string>(10).fill("taken"), "too-many", "too-many"]);
  expect(texts.read("x", 19_999).outcome).toBe("too-many");
  // The first one is twenty seconds old.
  expect(texts.read("x", 20_000).outcome).toBe("taken");
  expect(texts.read("x", 20_001).outcome).toBe("too-many");
});

test("what is not taken does not count", () => {
  const texts = createTypedTexts();
  for (let index = 0; index < 20; index++) texts.read("x".repeat(MOST_CHARACTERS + 1), index);
  expect(texts.read("x", 20).outcome).toBe("taken");
});
