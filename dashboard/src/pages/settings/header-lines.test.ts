import { expect, test } from "vitest";
import { readHeaderLines } from "./header-lines.ts";

test.each([
  ["", { outcome: "read", headers: {} }],
  ["Authorization: Bearer a:b", { outcome: "read", headers: { Authorization: "Bearer a:b" } }],
  [" X-One:1\n\nX-Two: 2 ", { outcome: "read", headers: { "X-One": "1", "X-Two": "2" } }],
  ["X-One: 1\nBearer abc", { outcome: "wrong", line: "Bearer abc" }],
  [": x", { outcome: "wrong", line: ": x" }],
])("%j", (text, read) => {
  expect(readHeaderLines(text)).toEqual(read);
});
