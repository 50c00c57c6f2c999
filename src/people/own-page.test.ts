import { expect, test } from "vitest";
import { isOwnPage } from "./own-page.ts";

const server = { host: "127.0.0.1:4000", publicUrl: "https://calls.example.org/" };

test.each([
  [{}, true],
  [{ origin: "http://127.0.0.1:4000" }, true],
  [{ origin: "https://calls.example.org" }, true],
  // A proxy that ends TLS sends on what it is called inside.
  [{ origin: "https://127.0.0.1:4000" }, true],
  [{ origin: "http://127.0.0.1:4001" }, false],
  [{ origin: "http://localhost:4000" }, false],
  [{ origin: "https://evil.example" }, false],
  [{ origin: "https://calls.example.org.evil.example" }, false],
  [{ origin: "null" }, false],
  [{ origin: "" }, false],
  [{ "sec-fetch-site": "same-origin" }, true],
  [{ "sec-fetch-site": "none" }, true],
  [{ "sec-fetch-site": "same-site" }, false],
  [{ "sec-fetch-site": "cross-site" }, false],
  [{ "sec-fetch-site": "cross-site", origin: "https://calls.example.org" }, false],
])("%j: %s", (headers, isOwn) => {
  expect(isOwnPage(headers, server)).toBe(isOwn);
});
