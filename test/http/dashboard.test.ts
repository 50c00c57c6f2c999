import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSecretBox } from "../../src/secret-box.ts";
import { createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

const PAGE = "<!doctype html><title>Switchhook</title><script src=/assets/index-abc123.js></script>";
const SCRIPT = "console.log('dashboard');".repeat(100);
let database: TestDatabase;
let folder: string;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "switchhook-dashboard-"));
  api = await createTestApi(database.db, createSecretBox(Buffer.alloc(32, 3)), {
    dashboardDirectory: path.join(folder, "dist"),
    publicUrl: "https://calls.example.org",
  });
});
afterAll(async () => {
  await api.close();
  await database.close();
  await rm(folder, { recursive: true });
});
const get = (asked: string, headers: Record<string, string> = { "accept-encoding": "identity" }) =>
  fetch(`${api.url()}${asked}`, { headers });

test("before the first build a page says what to do, and the API is there", async () => {
  const page = await get("/");
  expect(page.status).toBe(503);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(await page.text()).toContain("npm run build:dashboard");
  expect((await get("/assets/index-abc123.js")).status).toBe(404);
  expect((await get("/api/v1/health")).status).toBe(200);
});

describe("built", () => {
  beforeAll(async () => {
    const dist = path.join(folder, "dist");
    await mkdir(path.join(dist, "assets"), { recursive: true });
    await mkdir(path.join(dist, ".vite"));
    await writeFile(path.join(dist, ".vite/manifest.json"), "{}");
    await writeFile(path.join(folder, "secret.txt"), "not to be served");
    for (const [file, text] of [
      ["index.html", PAGE],
      ["assets/index-abc123.js", SCRIPT],
    ] as const) {
      await writeFile(path.join(dist, file), text);
      await writeFile(path.join(dist, `${file}.br`), brotliCompressSync(text));
      await writeFile(path.join(dist, `${file}.gz`), gzipSync(text));
    }
    await writeFile(path.join(dist, "favicon.svg"), "<svg/>");
  });

  test.each(["/", "/calls", "/calls/019ab0c2?x=1", "/welcome", "/nothing/at/all/"])(
    "%s is the page, asked for anew each time, and kept in by its headers",
    async (asked) => {
      const answer = await get(asked);
      expect([answer.status, await answer.text()]).toEqual([200, PAGE]);
      expect(answer.headers.get("cache-control")).toBe("no-cache");
      expect(answer.headers.get("content-type")).toContain("text/html");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
      const policy = answer.headers.get("content-security-policy")!.split("; ");
      const { host } = new URL(api.url());
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          `connect-src 'self' ws://${host} wss://${host} ws://calls.example.org wss://calls.example.org https://calls.example.org`,
        ]),
      );
      expect(policy.join()).not.toMatch(/script-src[^;,]*unsafe/);
    },
  );

  test("files with a hash in their name are kept for ever, others are asked for", async () => {
    const script = await get("/assets/index-abc123.js");
    expect([script.status, await script.text()]).toEqual([200, SCRIPT]);
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(script.headers.get("content-type")).toContain("javascript");
    const icon = await get("/favicon.svg");
    expect(icon.headers.get("cache-control")).toBe("no-cache");
    // Not by fetch, which would ask to be sent it anew.
    const status = await new Promise((resolve, reject) => {
      const headers = { "if-none-match": icon.headers.get("etag")! };
      http
        .get(`${api.url()}/favicon.svg`, { headers }, (answer) => resolve(answer.resume().statusCode))
        .on("error", reject);
    });
    expect(status).toBe(304);
  });

  test.each(["br", "gzip"])("compressed as the browser takes it: %s", async (encoding) => {
    for (const asked of ["/calls", "/assets/index-abc123.js"]) {
      const answer = await get(asked, { "accept-encoding": encoding });
      expect(answer.headers.get("content-encoding")).toBe(encoding);
      expect(answer.headers.get("vary")).toContain("accept-encoding");
      expect(await answer.text()).toBe(asked === "/calls" ? PAGE : SCRIPT);
    }
  });

  test.each([
    "/assets/gone-def456.js",
    "/gone.png",
    "/.vite/manifest.json",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/api/v1/nothing",
    "/api/nothing",
    "/rtc/nothing",
    "/v1/nothing",
  ])("%s is not there", async (asked) => {
    const answer = await get(asked);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("cache-control") ?? "").not.toContain("immutable");
    expect(await answer.json()).toMatchObject({ error: "Not found", code: "not_found" });
  });

  test("what is the server's own stays so", async () => {
    expect((await get("/metrics")).status).toBe(401);
    expect((await get("/docs")).headers.get("content-security-policy")).toContain(
      "script-src 'self' 'unsafe-inline'",
    );
    expect((await (await get("/api/openapi.json")).json()) as object).toMatchObject({ openapi: "3.1.0" });
    const posted = await fetch(`${api.url()}/calls`, { method: "POST" });
    expect(posted.status).toBe(404);
    // Only asked with another method.
    const wrong = await get("/api/v1/links/look");
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
  });
});
