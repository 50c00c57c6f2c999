import fc from "fast-check";
import { expect, test } from "vitest";
import { createPronouncer, replacementsOf, type Replacement } from "./pronunciation.ts";

function pronounce(replacements: Replacement[], parts: readonly string[]): string {
  const pronouncer = createPronouncer(replacements);
  return parts.map((part) => pronouncer.push(part)).join("") + pronouncer.end();
}

const rules: Replacement[] = [
  { from: "HMS", to: "H M S" },
  { from: "HMS Sovereign", to: "his majesty's ship Sovereign" },
  { from: "a", to: "aa" },
  { from: "SIP", to: "" },
];

test.each([
  [["The HMS."], "The H M S."],
  [["The HMS Sovereign"], "The his maajesty's ship Sovereign".replaceAll("aa", "a")],
  [["The H", "M", "S Sov", "ereign!"], "The his majesty's ship Sovereign!"],
  [["HMS Sov"], "H M S Sov"],
  [["HMS", ""], "H M S"],
  [["a"], "aa"],
  [["xSIPx"], "xx"],
  [["hms"], "hms"],
  [["", ""], ""],
])("%j is spoken as %s", (parts, expected) => {
  expect(pronounce(rules, parts)).toBe(expected);
});

test("how the text is cut makes no difference", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 30 });
  const rule = fc.record({
    from: fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 }),
    to: letters,
  });
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 5 }), fc.array(letters, { maxLength: 8 }), (some, parts) => {
      expect(pronounce(some, parts)).toBe(pronounce(some, [parts.join("")]));
    }),
  );
});

test("only what can be matched waits", () => {
  const pronouncer = createPronouncer(rules);
  expect(pronouncer.push("Hello H")).toBe("Hello ");
  expect(pronouncer.push("ouse")).toBe("House");
});

test("a configuration from a webhook may hold anything", () => {
  expect(replacementsOf({ pronunciation: [null, { from: "x" }, { from: "x", to: "y" }] })).toEqual([
    { from: "x", to: "y" },
  ]);
  expect(replacementsOf(undefined)).toEqual([]);
});
