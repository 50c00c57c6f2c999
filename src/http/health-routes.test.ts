import { expect, test } from "vitest";
import { createLogger } from "../logger.ts";
import { healthRoutes } from "./health-routes.ts";
import { createHttpServer } from "./server.ts";

const NOW = new Date("2026-01-02T03:04:05.678Z");

async function health(pingDatabase: () => Promise<number>) {
  const server = createHttpServer({ logger: createLogger({ level: "silent" }) });
  healthRoutes(server, { version: "1.2.3", now: () => NOW, pingDatabase, pingDeadlineMs: 20 });
  const response = await server.inject("/health");
  await server.close();
  return { status: response.statusCode, body: response.json<unknown>() };
}

test("tells the version and how long the database took", async () => {
  expect(await health(() => Promise.resolve(12.4))).toEqual({
    status: 200,
    body: {
      status: "ok",
      timestamp: NOW.toISOString(),
      version: "1.2.3",
      checks: { database: { status: "ok", latency_ms: 12 } },
    },
  });
});

test.each([
  ["refuses", () => Promise.reject(new Error("connection refused"))],
  ["hangs", () => new Promise<number>(() => undefined)],
])("answers 503 while the database %s", async (_sentence, ping) => {
  const { status, body } = await health(ping);
  expect(status).toBe(503);
  expect(body).toMatchObject({ status: "error", checks: { database: { status: "error" } } });
  expect(JSON.stringify(body)).not.toContain("refused");
});
