import { describe, expect, it } from "vitest";
import { functionPath, kindOf, nameOf, newTool, urlPath } from "./tool-entry.ts";

describe("kindOf", () => {
  it.each([
    [{ name: "a" }, "function"],
    [{ type: "function", function: { name: "a" } }, "function"],
    [{ type: "endCall" }, "end_call"],
    [{ type: "transferCall" }, "transfer_call"],
    [{ type: "send_digits" }, "send_digits"],
    [{ type: "mcp" }, "mcp"],
    [{ type: "of_tomorrow" }, "other"],
    [null, "function"],
  ])("reads %j as %s", (entry, kind) => {
    expect(kindOf(entry)).toBe(kind);
  });
});

it("finds the fields of a function where they stand", () => {
  expect(functionPath({ name: "a" }, "t[0]")).toBe("t[0]");
  expect(functionPath({ type: "function", function: {} }, "t[0]")).toBe("t[0].function");
  expect(nameOf({ name: "outer", function: { name: "inner" } })).toBe("inner");
});

it.each([
  [{}, "t.url"],
  [{ url: "https://a", server: { url: "https://b" } }, "t.url"],
  [{ server: { url: "https://b" } }, "t.server.url"],
])("edits the URL of %j at %s", (entry, path) => {
  expect(urlPath(entry, "t")).toBe(path);
});

it("gives a new function a name that no other has", () => {
  expect(newTool("function", [{ name: "tool_2" }])["name"]).toBe("tool_3");
  expect(newTool("function", [])["name"]).toBe("tool_1");
});
