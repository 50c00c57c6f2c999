import { afterAll, beforeAll, expect, test } from "vitest";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { openApiDocument, operations } from "../../src/openapi/document.ts";
import { MESSAGES } from "../../src/openapi/webhook-events.ts";
import { WEBHOOK_EVENTS } from "../../src/webhooks/event.ts";
import { encodeExample } from "../../src/webhooks/example-events.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

const secretBox = createSecretBox(Buffer.alloc(32, 4));
const key = "fl_openapi";
let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await createTestApi(database.db, secretBox);
  await createOrganization(database.db, secretBox, key);
});
afterAll(async () => {
  await api.close();
  await database.close();
});

interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: object; requestBody?: object }>>;
  webhooks: Record<string, object>;
  components: { schemas: Record<string, object> };
}
const document = openApiDocument({ version: "1", serverUrl: "http://localhost" }) as unknown as Document;

test("has every route, and no route that is not there", () => {
  const told = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
  );
  // The document itself, and the page that shows it, are no part of what it tells.
  const itself = ["GET /api/openapi.json", "GET /docs", "GET /docs*"];
  // Where browsers join is LiveKit's protocol, and no HTTP.
  const served = api.routes().filter((route) => !itself.includes(route) && !route.startsWith("GET /rtc"));
  expect(told.toSorted()).toEqual(served.toSorted());
});

test("every reference leads somewhere, and every operation has a name of its own", () => {
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  expect(references.length).toBeGreaterThan(20);
  for (const name of references) expect(document.components.schemas).toHaveProperty(name);
  expect(text).not.toContain("$defs");
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("is served without a key, with the address that it was asked at", async () => {
  const { status, text } = await api.raw("GET", "/api/openapi.json", {});
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({
    openapi: "3.1.0",
    servers: [{ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) }],
  });
});

test("the page that shows it comes from this server alone", async () => {
  const page = await fetch(`${api.url()}/docs/`);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const html = await page.text();
  expect(html).toContain("/api/openapi.json");
  const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source!);
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) {
    expect(source).not.toMatch(/^(https?:)?\/\//);
    const response = await fetch(new URL(source, `${api.url()}/docs/`));
    expect(response.status, source).toBe(200);
    await response.arrayBuffer();
  }
});

test("has the four webhooks, and they are what is sent", () => {
  expect(Object.keys(document.webhooks)).toEqual([...WEBHOOK_EVENTS]);
  for (const type of WEBHOOK_EVENTS) {
    const { message } = JSON.parse(encodeExample(type, newId(), new Date()).toString()) as {
      message: unknown;
    };
    expect(MESSAGES[type].safeParse(message).error).toBeUndefined();
  }
});

test("what it says of answers is what is answered", async () => {
  const { assistant } = (await api.request("POST", "/assistants", { key, body: { name: "Desk" } })).body;
  await api.request("POST", "/numbers", {
    key,
    body: { phone_number: "+31850835037", agent_id: assistant.id },
  });
  const paths = operations.filter(
    ({ method, path, isAtRoot, isForPeople }) =>
      method === "get" && !isForPeople && !path.includes("{") && !isAtRoot && !path.endsWith("stream"),
  );
  expect(paths.length).toBeGreaterThan(7);
  for (const { path, answers } of paths) {
    const { status, body } = await api.request("GET", path, { key });
    expect(answers[status]?.schema?.safeParse(body).error, path).toBeUndefined();
  }
});
