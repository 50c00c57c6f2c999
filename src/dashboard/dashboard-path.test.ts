import { expect, test } from "vitest";
import { readDashboardPath } from "./dashboard-path.ts";

test.each([
  ["/", "page"],
  ["//", "page"],
  ["/calls", "page"],
  ["/calls/019ab0c2-0000-7000-8000-000000000000/", "page"],
  ["/welcome", "page"],
  ["/apiary", "page"],
  ["/caf%C3%A9", "page"],
  ["/favicon.svg", "file favicon.svg"],
  ["/assets/index-abc.js", "file assets/index-abc.js"],
  ["/assets/index", "file assets/index"],
  ["/index.html", "file index.html"],
  ["/api", "none"],
  ["/api/v1/nothing", "none"],
  ["/api/openapi.json", "none"],
  ["/rtc/nothing", "none"],
  ["/metrics/x", "none"],
  ["/%61pi/v1", "none"],
  ["/.vite/manifest.json", "none"],
  ["/assets/..%2f..%2fpackage.json", "none"],
  ["/..%2f..%2f..%2fetc%2fpasswd", "none"],
  ["/%zz", "none"],
])("%s: %s", (path, expected) => {
  const asked = readDashboardPath(path);
  expect(asked.kind === "file" ? `file ${asked.file}` : asked.kind).toBe(expected);
});
