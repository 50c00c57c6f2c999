import { expect, test } from "vitest";
import { createAnalysisCheck, readAnalysis } from "./analysis-answer.ts";

const any = createAnalysisCheck(undefined);

test.each([
  ['{"rating": 4}', { rating: 4 }],
  ['  {"a": {"b": [1]}}\n', { a: { b: [1] } }],
  ['```json\n{"rating": 4}\n```', { rating: 4 }],
  ['Here you are: {"rating": 4}. Anything else?', { rating: 4 }],
])("%j is an object", (text, data) => {
  expect(readAnalysis(text, any)).toEqual({ outcome: "data", data });
});

test.each(["", "I cannot say.", "[1, 2]", '"text"', "4", "null", "{", "} {", '{"a": 1} {"b": 2}'])(
  "%j is none",
  (text) => {
    expect(readAnalysis(text, any)).toEqual({
      outcome: "unusable",
      problem: "the answer is not a JSON object",
    });
  },
);

const check = createAnalysisCheck({
  type: "object",
  properties: {
    rating: { type: "integer", minimum: 1, maximum: 5 },
    mood: { enum: ["good", "bad"] },
    // Properties that are called as keywords are.
    pattern: { type: "string" },
    plate: { type: "string", pattern: "^(a+)+$", format: "uri" },
  },
  required: ["rating"],
});

test.each([
  [{ rating: 4 }, undefined],
  [{ rating: 4, mood: "good", more: true }, undefined],
  [{ rating: 4, pattern: "x" }, undefined],
  [{ rating: 4, pattern: 1 }, /^pattern: /],
  [{}, /^rating: /],
  [{ rating: 9 }, /^rating: /],
  [{ rating: "4", mood: "odd" }, /^rating: .*; mood: /],
  // Patterns are the model's affair: this one would take years.
  [{ rating: 4, plate: `${"a".repeat(40)}!` }, undefined],
])("%j: %s", (data, problem) => {
  const found = check(data);
  if (problem) expect(found).toMatch(problem);
  else expect(found).toBeUndefined();
});

test("what is no schema is told", () => {
  expect(() => createAnalysisCheck({ type: "nonsense" })).toThrow(/type: nonsense/);
});
