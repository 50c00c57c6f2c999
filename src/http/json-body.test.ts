import { describe, expect, test } from "vitest";
import { readJsonBody } from "./json-body.ts";

describe("readJsonBody", () => {
  test.each([
    ["", undefined],
    ["  \n", undefined],
    ["null", null],
    ['{"a":[1,{"b":"é😀"}]}', { a: [1, { b: "é😀" }] }],
    ["1.7976931348623157e308", Number.MAX_VALUE],
    [nested(100), expect.anything()],
  ])("reads %j", (text, value) => {
    expect(readJsonBody(text)).toEqual({ outcome: "read", value });
  });

  test.each([
    ["{", "The body is not JSON: "],
    ["[1,]", "The body is not JSON: "],
    ['{"a":1e999}', "A number is too large"],
    ['["x\\u0000"]', "A text has a NUL character"],
    ['{"a":"\\ud800"}', "A text has a NUL character or half a surrogate pair"],
    ['{"a\\u0000":1}', "A field's name has a NUL"],
    ['{"a":{"\\u005f_proto__":{}}}', "A field cannot be named __proto__"],
    [nested(101), "The body is nested too deeply: at most 100 levels"],
    [nested(400_000), "The body is nested too deeply"],
  ])("refuses %.40s", (text, problem) => {
    expect(readJsonBody(text)).toEqual({ outcome: "refused", problem: expect.stringContaining(problem) });
  });
});

function nested(depth: number): string {
  return "[".repeat(depth) + "]".repeat(depth);
}
