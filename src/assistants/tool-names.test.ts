import { expect, test } from "vitest";
import { inTodaysNames } from "./tool-names.ts";

test.each<[unknown, unknown]>([
  [[{ type: "endCall" }], [{ type: "end_call" }]],
  [[{ type: "transferCall", destinations: [] }], [{ type: "transfer_call", destinations: [] }]],
  [[{ name: "x", async_response: "One moment" }], [{ name: "x", message: "One moment" }]],
  [[{ name: "x", asyncResponse: "One moment" }], [{ name: "x", message: "One moment" }]],
  [[{ name: "x", message: "New", async_response: "old" }], [{ name: "x", message: "New" }]],
  [[{ name: "x", message: null }], [{ name: "x", message: null }]],
  [
    [{ type: "function", function: { name: "x" }, server: { url: "https://a.example" }, mine: 1 }],
    [{ type: "function", function: { name: "x" }, server: { url: "https://a.example" }, mine: 1 }],
  ],
  [
    [5, null, "x"],
    [5, null, "x"],
  ],
  [undefined, undefined],
  [{ a: 1 }, { a: 1 }],
])("%j becomes %j", (tools, expected) => {
  expect(inTodaysNames(tools)).toEqual(expected);
});
