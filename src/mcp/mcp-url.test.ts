import { expect, test } from "vitest";
import { readMcpUrl } from "./mcp-url.ts";

const read = (text: string) => readMcpUrl(text, ({ hostname }) => hostname === "127.0.0.1");

test.each([
  ["https://mcp.example.com/mcp", "https://mcp.example.com/mcp"],
  ["HTTPS://MCP.Example.com:443", "https://mcp.example.com/"],
  ["https://mcp.example.com/a/../mcp?tenant=1", "https://mcp.example.com/mcp?tenant=1"],
  ["http://127.0.0.1:9000/mcp", "http://127.0.0.1:9000/mcp"],
])("%s is kept as %s", (text, normalised) => {
  const result = read(text);
  expect(result.outcome === "ok" && result.url.href).toBe(normalised);
});

test.each([
  ["", "must be a URL"],
  ["mcp.example.com", "must be a URL"],
  ["http://mcp.example.com", "must begin with https://"],
  ["ftp://127.0.0.1/", "must begin with https://"],
  ["wss://mcp.example.com", "must begin with https://"],
  ["https://user:secret@mcp.example.com", "must not hold a user name or password"],
  ["https://mcp.example.com/#x", "must not have a fragment"],
])("%j is refused: %s", (text, reason) => {
  expect(read(text)).toMatchObject({ outcome: "refused", reason: expect.stringContaining(reason) });
});
