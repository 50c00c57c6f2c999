import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Webhook } from "standardwebhooks";
import { systemClock } from "../../src/clock.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { recordEvent } from "../../src/webhooks/outbox-store.ts";
import { ensurePartitions } from "../../src/webhooks/partitions.ts";
import { createWebhookEngine, type WebhookEngine } from "../../src/webhooks/webhook-engine.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { createReceiver, type Receiver } from "../harness/receiver.ts";
import { readSse, type SseEvent } from "../harness/sse-reader.ts";

const secretBox = createSecretBox(Buffer.alloc(32, 3));
const LOOPBACK = { address: "127.0.0.0", prefixLength: 8, port: undefined };
let database: TestDatabase;
let engine: WebhookEngine;
let api: TestApi;
let receiver: Receiver;
let key: string;
let organizationId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await ensurePartitions(db, new Date());
  const nodeId = newId();
  await db.insertInto("nodes").values({ id: nodeId, installation_id: newId() }).execute();
  engine = createWebhookEngine({
    db,
    clock: systemClock,
    secretBox,
    logger: createLogger({ level: "silent" }),
    nodeId,
    allowed: [LOOPBACK],
    retentionDays: 30,
  });
  engine.start();
  api = await createTestApi(db, secretBox, { engine, transport: "socket" });
});
afterAll(async () => {
  await api.close();
  await engine.stop(0);
  await database.close();
});
beforeEach(async () => {
  receiver = await createReceiver();
  key = `fl_${newId()}`;
  organizationId = await createOrganization(database.db, secretBox, key);
  // Not through the API: its own guard refuses loopback in this harness.
  await database.pool.query("update organizations set webhook_url = $1 where id = $2", [
    receiver.url,
    organizationId,
  ]);
});
afterEach(() => receiver.close());

const request = (method: string, path: string, body?: unknown) =>
  api.request(method, path, { key, ...(body !== undefined && { body }) });

async function newCall(): Promise<string> {
  const id = newId();
  await database.db
    .insertInto("calls")
    .values({ id, organization_id: organizationId, node_id: newId(), direction: "inbound", status: "ended" })
    .execute();
  return id;
}

async function record(callId: string, skipped?: "no-endpoint" | "filtered"): Promise<string> {
  const { eventId, endpointId } = await database.db.transaction().execute((tx) =>
    recordEvent(tx, {
      organizationId,
      callId,
      type: "status-update",
      endpoint: skipped ? { skipped } : { level: "account", owner: "", url: receiver.url, secret: null },
      createdAt: new Date(),
      encode: (sequence) => Buffer.from(JSON.stringify({ message: { type: "status-update", sequence } })),
    }),
  );
  if (endpointId) engine.wake(endpointId);
  return eventId;
}

async function untilState(id: string, state: string) {
  return vi.waitFor(async () => {
    const { body } = await request("GET", `/webhook-events/${id}`);
    expect(body.webhook_event.state).toBe(state);
    return body.webhook_event;
  }, 8_000);
}

test("an event, its attempt and every figure of it", async () => {
  receiver.behave = () => ({ answer: { thanks: true } });
  const callId = await newCall();
  const id = await record(callId);
  const event = await untilState(id, "delivered");
  expect(event).toMatchObject({
    id,
    type: "status-update",
    call_id: callId,
    sequence: 1,
    is_synchronous: false,
    routing: "routed",
    attempt_count: 1,
    next_attempt_at: null,
    endpoint: { url: receiver.url, level: "account" },
    body: { message: { type: "status-update", sequence: 1 } },
  });
  const { body } = await request("GET", `/webhook-events/${id}/attempts`);
  expect(body.attempts).toMatchObject([
    {
      number: 1,
      url: receiver.url,
      outcome: "delivered",
      status_code: 200,
      error: null,
      fault: null,
      request_headers: {
        "X-Webhook-Event": "status-update",
        "X-Webhook-Id": id,
        "X-Webhook-Signature": "sha256=…",
      },
      response_headers: { connection: "keep-alive" },
      response_body: '{"thanks":true}',
    },
  ]);
  expect(body.attempts[0].timings.total_ms).toBeGreaterThan(0);
  expect(body.attempts[0].curl).toContain(`curl -sS -i -X POST '${receiver.url}'`);
});

test("lists by call, state, type and time, page by page, and nobody else's", async () => {
  const calls = [await newCall(), await newCall()];
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push(await record(calls[n % 2]!, n === 4 ? "filtered" : undefined));
  for (const id of ids.slice(0, 4)) await untilState(id, "delivered");
  const list = async (query: string) => (await request("GET", `/webhook-events?${query}`)).body;

  const first = await list("limit=2");
  const second = await list(`limit=2&cursor=${first.next_cursor}`);
  const third = await list(`limit=2&cursor=${second.next_cursor}`);
  const seen = [first, second, third].flatMap((page) =>
    page.webhook_events.map((event: { id: string }) => event.id),
  );
  expect(seen).toEqual(ids.toReversed());
  expect(third.next_cursor).toBeNull();

  expect((await list(`call_id=${calls[1]}`)).webhook_events).toHaveLength(2);
  expect((await list("state=skipped")).webhook_events).toMatchObject([
    { id: ids[4], routing: "filtered", endpoint: null },
  ]);
  expect((await list("type=end-of-call-report")).webhook_events).toEqual([]);
  expect((await list("until=2020-01-01")).webhook_events).toEqual([]);

  const otherKey = `fl_${newId()}`;
  await createOrganization(database.db, secretBox, otherKey);
  const foreign = await api.request("GET", `/webhook-events/${ids[0]}`, { key: otherKey });
  expect(foreign.status).toBe(404);
});

test.each([
  ["state=lost", "state: must be one of pending"],
  ["limit=0", "limit: must be a whole number from 1 to 200"],
  ["cursor=abc", "cursor: must be a next_cursor"],
  ["call_id=1", "call_id: must be an id"],
  ["since=yesterday", "since: must be an ISO 8601 date"],
])("refuses ?%s", async (query, problem) => {
  const { status, body } = await request("GET", `/webhook-events?${query}`);
  expect(status).toBe(400);
  expect(body.message).toContain(problem);
});

test("replays one event with the same id and bytes", async () => {
  const id = await record(await newCall());
  await untilState(id, "delivered");
  const { status } = await request("POST", `/webhook-events/${id}/replay`);
  expect(status).toBe(202);
  const [first, second] = await receiver.waitFor(2);
  expect(second!.headers["x-webhook-id"]).toBe(id);
  expect(second!.body.equals(first!.body)).toBe(true);
});

test("replays many: counts first, then sends what had no endpoint at its time", async () => {
  const callId = await newCall();
  for (let n = 0; n < 5; n++) await record(callId, "no-endpoint");
  const filter = { state: "skipped", call_id: callId };
  const dry = await request("POST", "/webhook-events/replay", { ...filter, dry_run: true });
  expect(dry).toMatchObject({ status: 200, body: { count: 5 } });
  expect(receiver.requests).toEqual([]);
  const started = await request("POST", "/webhook-events/replay", filter);
  expect(started).toMatchObject({ status: 202, body: { webhook_replay: { state: "running", total: 5 } } });
  await receiver.waitFor(5);
  const { id } = started.body.webhook_replay;
  await vi.waitFor(async () => {
    const { body } = await request("GET", `/webhook-replays/${id}`);
    expect(body.webhook_replay).toMatchObject({ state: "done", done: 5 });
  });
});

test("a synchronous event cannot be replayed, and one without any endpoint neither", async () => {
  await database.pool.query("update organizations set webhook_url = null where id = $1", [organizationId]);
  const id = await record(await newCall(), "no-endpoint");
  const { status, body } = await request("POST", `/webhook-events/${id}/replay`);
  expect(status).toBe(409);
  expect(body.message).toContain("no webhook URL");
});

test("an endpoint is switched off and on", async () => {
  const id = await record(await newCall());
  await untilState(id, "delivered");
  const { body: list } = await request("GET", "/webhook-endpoints");
  expect(list.webhook_endpoints).toMatchObject([
    { url: receiver.url, level: "account", is_enabled: true, breaker: "closed", pending: 0, in_flight: 0 },
  ]);
  const path = `/webhook-endpoints/${list.webhook_endpoints[0].id}`;
  const off = await request("PATCH", path, { is_enabled: false });
  expect(off.body.webhook_endpoint).toMatchObject({ is_enabled: false, disabled_reason: "switched off" });
  const { body: notices } = await request("GET", "/operational-events");
  expect(notices.operational_events).toMatchObject([
    { type: "webhook-endpoint-disabled", detail: { url: receiver.url, reason: "switched off" } },
  ]);
  const unsent = await record(await newCall());
  await untilState(unsent, "skipped");
  await request("PATCH", path, { is_enabled: true });
  await request("POST", `/webhook-events/${unsent}/replay`);
  await untilState(unsent, "delivered");
});

test("a rotated secret: both sign for a while, and the official library verifies with either", async () => {
  const before = (await request("GET", "/settings/webhook")).body.webhook.secret as string;
  const rotated = await request("POST", "/settings/webhook/rotate-secret", { overlap_seconds: 60 });
  const after = rotated.body.webhook.secret as string;
  expect(after).not.toBe(before);
  expect(rotated.body.webhook.previous_secrets).toHaveLength(1);
  await record(await newCall());
  const [sent] = await receiver.waitFor(1);
  const headers = sent!.headers as Record<string, string>;
  for (const secret of [before, after]) {
    const verified = new Webhook(secret).verify(sent!.body.toString(), headers);
    expect(verified).toMatchObject({ message: { type: "status-update" } });
  }
  expect(headers["x-webhook-signature"]).not.toBe(headers["x-webhook-signature-previous"]);
  const outright = await request("PATCH", "/settings/webhook", { secret: "a secret of my own" });
  expect(outright.body.webhook).toMatchObject({ secret: "a secret of my own", previous_secrets: [] });
});

test.each(["assistant-request", "tool-calls", "status-update", "end-of-call-report"])(
  "the test button sends an example of %s through the path of a delivery",
  async (type) => {
    const { status, body } = await request("POST", "/settings/webhook/test", { type });
    expect(status).toBe(200);
    expect(body.attempt).toMatchObject({ outcome: "delivered", status_code: 200, url: receiver.url });
    expect(receiver.requests[0]!.message).toMatchObject({ type, test: true });
    expect(receiver.requests[0]!.headers["x-webhook-event"]).toBe(type);
  },
);

test("a test that fails is told in full and not repeated", async () => {
  receiver.behave = () => ({ answer: "no", status: 500 });
  const { body } = await request("POST", "/settings/webhook/test", {});
  expect(body.attempt).toMatchObject({ outcome: "http-error", status_code: 500, fault: "receiver" });
  await untilState(body.webhook_event_id, "cancelled");
});

test("metrics: states, breakers, and a residue of 0", async () => {
  const response = await api.raw("GET", "/metrics", { key });
  expect(response.status).toBe(200);
  expect(response.text).toContain("switchhook_webhook_conservation_residue 0");
  expect(response.text).toMatch(/switchhook_webhook_deliveries\{state="delivered"\} \d+/);
  expect((await api.raw("GET", "/metrics", {})).status).toBe(401);
});

test("attempts are streamed as they happen, with what has become of their event; the CLI's stream has none", async () => {
  const stream = await readSse(`${api.url()}/api/v1/webhook-events/stream?attempts=true`, {
    authorization: `Bearer ${key}`,
  });
  const plain = await readSse(`${api.url()}/api/v1/webhook-events/stream`, {
    authorization: `Bearer ${key}`,
  });
  receiver.behave = () => ({ answer: {}, status: receiver.requests.length === 1 ? 500 : 200 });
  const id = await record(await newCall());
  const isDelivered = ({ event, data }: SseEvent) =>
    event === "attempt" && data.webhook_event.state === "delivered";
  const seen = await stream.until(isDelivered);
  expect(seen.map(({ event }) => event)).toEqual(["webhook", "attempt", "attempt"]);
  expect(seen.map(({ data }) => data.attempt)).toMatchObject([
    undefined,
    { number: 1, outcome: "http-error", status_code: 500 },
    { number: 2, outcome: "delivered", status_code: 200 },
  ]);
  expect(seen[1]!.data.webhook_event).toMatchObject({ id, state: "pending", attempt_count: 1 });
  await record(await newCall());
  expect([await plain.next(), await plain.next()].map((each) => each?.event)).toEqual(["webhook", "webhook"]);
  await Promise.all([stream.close(), plain.close()]);
});

test("a Last-Event-ID that is no id of an event begins a new stream, which tells what happens", async () => {
  const stream = await readSse(`${api.url()}/api/v1/webhook-events/stream`, {
    authorization: `Bearer ${key}`,
    "last-event-id": "e1",
  });
  const id = await record(await newCall());
  expect(await stream.next()).toMatchObject({ event: "webhook", id });
  await stream.close();
});
