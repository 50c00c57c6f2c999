import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenWebCallResult, WebCallRoutesOptions } from "../../src/calls/web-call-routes.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

// What a request becomes before the call exists; test/e2e/web-calls.test.ts joins real ones.

const secretBox = createSecretBox(Buffer.alloc(32, 3));
const key = "fl_webcalls_0123456789";
const silent = {
  llm_config: { provider: "scripted", model: "script-1", script: [] },
  stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: ["x"] },
  tts_config: { provider: "local", voice_id: "en" },
};
type Order = Parameters<WebCallRoutesOptions["openCall"]>[0];
const opened: OpenWebCallResult = {
  outcome: "opened",
  callId: "0199c7a5-0000-7000-8000-000000000001",
  token: "a.b.c",
  expiresAt: new Date("2026-11-26T12:10:00Z"),
  serverUrl: "wss://calls.example.com",
};
let database: TestDatabase;
let api: TestApi;
let organizationId: string;
let assistantId: string;
let orders: Order[];
let result: OpenWebCallResult;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await createTestApi(database.db, secretBox, {
    webCalls: {
      openCall(order) {
        if (result.outcome === "opened") orders.push(order);
        return Promise.resolve(result);
      },
    },
  });
  organizationId = await createOrganization(database.db, secretBox, key);
  const { body } = await api.request("POST", "/assistants", {
    key,
    body: {
      name: "Desk",
      first_message: "Hello.",
      webhook_secret: "of the assistant",
      ...silent,
      // For who is called, which a browser is not.
      speech_config: { first_message_outbound: "Hello, it's the desk calling." },
    },
  });
  assistantId = body.assistant.id;
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(() => {
  orders = [];
  result = opened;
});

const open = (body: object, headers: Record<string, string> = {}) =>
  api.request("POST", "/web-calls", { key, body, headers });
const atRoot = (body: unknown, apiKey: string | undefined = key) =>
  fetch(`${api.url()}/v1/web-calls`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
    body: JSON.stringify(body),
  });

test("the answer is what a browser needs, and is kept by no cache", async () => {
  const { status, body, headers } = await open({ assistant_id: assistantId });
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      call_id: "0199c7a5-0000-7000-8000-000000000001",
      token: "a.b.c",
      server_url: "wss://calls.example.com",
      expires_at: "2026-11-26T12:10:00.000Z",
    },
  });
  expect(headers["cache-control"]).toBe("no-store");
});

test("the same at the root, behind the same keys", async () => {
  const answer = await atRoot({ assistant_id: assistantId });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({ token: "a.b.c", server_url: "wss://calls.example.com" });
  const refused = await atRoot({ assistant_id: assistantId }, "fl_nobody_0123456789ab");
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ error: "Unauthorized" });
  expect((await atRoot({})).status).toBe(400);
  expect((await fetch(`${api.url()}/v1/web-calls`)).status).toBe(405);
});

describe("the three modes", () => {
  test("a saved assistant, greeting as it does when it is called", async () => {
    await open({ assistant_id: assistantId });
    expect(orders[0]).toMatchObject({
      organizationId,
      requestedUrl: api.url(),
      decision: {
        mode: "default",
        assistantId,
        configuration: { name: "Desk", first_message: "Hello.", ...silent },
        webhookSecret: undefined,
      },
    });
  });

  test("with changes: each block is replaced as a whole", async () => {
    const assistant_override = { first_message: "Hi.", speech_config: null, metadata: { order: 7 } };
    expect((await open({ assistant_id: assistantId, assistant_override })).status).toBe(201);
    expect(orders[0]!.decision).toMatchObject({
      mode: "hybrid",
      assistantId,
      configuration: { ...silent, first_message: "Hi.", metadata: { order: 7 } },
    });
  });

  test("a configuration for this call alone, whose secret is not in it", async () => {
    const assistant = { ...silent, first_message: "Hi.", webhook_secret: "of the call" };
    expect((await open({ assistant })).status).toBe(201);
    expect(orders[0]!.decision).toMatchObject({
      mode: "transient",
      assistantId: null,
      webhookSecret: "of the call",
    });
    expect(orders[0]!.decision.configuration).toEqual({ ...silent, first_message: "Hi." });
  });
});

describe("refusals", () => {
  test.each<[string, (id: string) => object, string]>([
    ["nobody to talk to", () => ({}), "assistant_id: is required, or assistant"],
    ["nulls", () => ({ assistant_id: null, assistant: null }), "assistant_id: is required, or assistant"],
    [
      "two assistants",
      (id) => ({ assistant_id: id, assistant: silent }),
      "assistant: cannot be combined with assistant_id",
    ],
    [
      "a configuration, and changes",
      () => ({ assistant: silent, assistant_override: { first_message: "x" } }),
      "assistant_override: cannot be combined with assistant",
    ],
    ["changes to nothing", () => ({ assistant_override: {} }), "assistant_override: needs assistant_id"],
    ["a number as id", () => ({ assistant_id: 7 }), "assistant_id: "],
    ["a text as override", (id) => ({ assistant_id: id, assistant_override: "x" }), "assistant_override: "],
    ["a list as configuration", () => ({ assistant: [] }), "assistant: "],
    [
      "a wrong change",
      (id) => ({ assistant_id: id, assistant_override: { max_duration_seconds: 0 } }),
      "assistant_override.max_duration_seconds: must be from 1 to 86400, got 0",
    ],
    [
      "half a configuration",
      () => ({ assistant: { llm_config: silent.llm_config } }),
      "assistant.tts_config: is required for scripted",
    ],
    ["no model", () => ({ assistant: {} }), "assistant.llm_config: is required"],
  ])("%s", async (_what, body, problem) => {
    const answer = await open(body(assistantId));
    expect({ status: answer.status, details: answer.body.details }).toEqual({
      status: 400,
      details: expect.arrayContaining([expect.stringContaining(problem)]),
    });
    expect(orders).toEqual([]);
  });

  test.each(["no-id", newId()])("an assistant that is not there: %s", async (id) => {
    expect(await open({ assistant_id: id })).toMatchObject({
      status: 404,
      body: { error: "Assistant not found", message: "assistant_id: there is no assistant with this id" },
    });
  });

  test("an assistant of another organization", async () => {
    const otherKey = "fl_webcalls_other_012345";
    await createOrganization(database.db, secretBox, otherKey);
    const answer = await api.request("POST", "/web-calls", {
      key: otherKey,
      body: { assistant_id: assistantId },
    });
    expect(answer.status).toBe(404);
  });

  test("an assistant that is switched off", async () => {
    const off = await api.request("POST", "/assistants", { key, body: { name: "Off", is_active: false } });
    expect(await open({ assistant_id: off.body.assistant.id })).toMatchObject({
      status: 400,
      body: { details: ["assistant_id: the assistant is not active"] },
    });
  });

  test("no minutes left", async () => {
    const set = (minutes: number | null) =>
      database.db.updateTable("organizations").set({ minutes_balance: minutes }).execute();
    await set(-2);
    const answer = await open({ assistant_id: assistantId });
    await set(null);
    expect(answer).toMatchObject({
      status: 402,
      body: { error: "Insufficient credits", code: "insufficient_credits", balance: -2 },
    });
    expect(orders).toEqual([]);
  });

  test.each([
    ["busy", "server_busy"],
    ["stopping", "server_stopping"],
  ] as const)("a server that is %s says so, and when to ask again", async (outcome, code) => {
    result = { outcome };
    const answer = await open({ assistant_id: assistantId });
    expect(answer).toMatchObject({ status: 503, body: { code }, headers: { "retry-after": "10" } });
  });
});

test("sent twice with one Idempotency-Key, one call is opened, with one token", async () => {
  const headers = { "idempotency-key": newId() };
  const first = await open({ assistant_id: assistantId }, headers);
  result = { ...opened, token: "x.y.z" };
  const second = await open({ assistant_id: assistantId }, headers);
  expect(second).toMatchObject({ status: 201, body: first.body });
  expect(second.headers["idempotency-replayed"]).toBe("true");
  expect(orders).toHaveLength(1);
});

test("counted against the key's limit, wherever it is asked", async () => {
  const limited = await createTestApi(database.db, secretBox, {
    rateLimits: {
      requestsPerMinute: 1,
      controlsPerMinute: 0,
      sessionRequestsPerMinute: 0,
      signInsPerEmail: 0,
    },
    webCalls: { openCall: () => Promise.resolve(opened) },
  });
  const otherKey = "fl_webcalls_limit_012345";
  await createOrganization(database.db, secretBox, otherKey);
  const ask = (path: string) =>
    fetch(`${limited.url()}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${otherKey}` },
      body: JSON.stringify({ assistant: silent }),
    });
  const statuses = [
    (await ask("/v1/web-calls")).status,
    (await ask("/api/v1/web-calls")).status,
    (await ask("/v1/web-calls")).status,
  ];
  await limited.close();
  // A minute may turn in between.
  expect(statuses[0]).toBe(201);
  expect(statuses).toContain(429);
});
