import { expect, test } from "vitest";
import { serverUrlOf } from "./server-url.ts";

test.each([
  // PUBLIC_URL, listening, as requested
  ["https://calls.example.com", "http://0.0.0.0:4000", "http://10.0.0.1:4000", "wss://calls.example.com"],
  ["https://example.com/calls/", "http://127.0.0.1:4000", "http://x", "wss://example.com/calls"],
  ["http://calls.lan", "http://0.0.0.0:4000", "http://x", "ws://calls.lan"],
  [undefined, "http://127.0.0.1:4000", "http://localhost:4000", "ws://127.0.0.1:4000"],
  [undefined, "http://192.168.1.7:4000", "http://x", "ws://192.168.1.7:4000"],
  [undefined, "http://[::1]:4000", "http://x", "ws://[::1]:4000"],
  [undefined, "http://0.0.0.0:4000", "http://10.0.0.1:4000", "ws://10.0.0.1:4000"],
  [undefined, "http://[::]:4000", "http://calls.lan:4000", "ws://calls.lan:4000"],
])("PUBLIC_URL %s, listening at %s, asked at %s: %s", (publicUrl, listeningUrl, requestedUrl, expected) => {
  expect(serverUrlOf({ publicUrl, listeningUrl, requestedUrl })).toBe(expected);
});
