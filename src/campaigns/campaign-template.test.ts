import { expect, test } from "vitest";
import { fillTemplate } from "./campaign-template.ts";

test.each([
  ["Hello {{name}}.", { name: "Ada" }, "Hello Ada."],
  ["{{ name }} {{name}}", { name: "Ada" }, "Ada Ada"],
  ["{{first_name}}, order {{order-1}}", { first_name: "Ada", "order-1": "7" }, "Ada, order 7"],
  ["Hello {{name}}.", {}, "Hello ."],
  ["{{constructor}}", {}, ""],
  ["{name} {{}} {{1x}}", { name: "Ada" }, "{name} {{}} {{1x}}"],
  ["{{a}}", { a: "{{b}}", b: "no" }, "{{b}}"],
  ["{{a}}", { a: "$& $1" }, "$& $1"],
])("%j with %j", (template, variables, text) => {
  expect(fillTemplate(template, variables as Record<string, string>)).toBe(text);
});
