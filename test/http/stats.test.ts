import { afterAll, beforeAll, expect, test } from "vitest";
import { saveTrace } from "../../src/calls/call-trace-store.ts";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
});
afterAll(() => two.close());

interface Seed {
  status: string;
  at: string;
  direction?: "inbound" | "outbound" | "web";
  seconds?: number;
}

async function addCall({ status, at, direction = "inbound", seconds }: Seed, organizationId = two.mine.id) {
  const id = newId();
  const created = new Date(at);
  await two.database.db
    .insertInto("calls")
    .values({
      id,
      organization_id: organizationId,
      node_id: newId(),
      direction,
      status,
      created_at: created,
      ...(seconds !== undefined && {
        started_at: created,
        ended_at: new Date(created.getTime() + seconds * 1_000),
      }),
    })
    .execute();
  return id;
}

const stats = async (query: string, from = two.mine) =>
  (await from.call("GET", `/stats?${query}`)).body.stats;

test("calls and minutes by the day of the reader's zone, days without any included", async () => {
  await addCall({ status: "ended", at: "2026-03-27T22:30:00Z", seconds: 60 });
  // Half past midnight in Amsterdam, the next day.
  await addCall({ status: "transferred", at: "2026-03-27T23:30:00Z", seconds: 30, direction: "web" });
  await addCall({ status: "rejected", at: "2026-03-30T10:00:00Z" });
  await addCall({ status: "failed", at: "2026-03-30T11:00:00Z", direction: "outbound" });
  await addCall({ status: "ended-with-error", at: "2026-03-30T12:00:00Z", seconds: 6 });
  await addCall({ status: "in-progress", at: "2026-03-30T12:30:00Z" });
  await addCall({ status: "ended", at: "2026-03-30T12:00:00Z" }, two.theirs.id);
  const query = "from=2026-03-26T23:00:00Z&to=2026-03-30T22:00:00Z&time_zone=Europe/Amsterdam";
  const { totals, buckets } = await stats(query);
  // The clocks go forward on the 29th: the day before begins at 23:00 UTC, the day after at 22:00.
  expect(buckets.map((bucket: any) => [bucket.start, bucket.calls, bucket.minutes])).toEqual([
    ["2026-03-26T23:00:00.000Z", 1, 1],
    ["2026-03-27T23:00:00.000Z", 1, 0.5],
    ["2026-03-28T23:00:00.000Z", 0, 0],
    ["2026-03-29T22:00:00.000Z", 4, 0.1],
  ]);
  expect(totals).toEqual({
    calls: 6,
    by_outcome: { completed: 2, failed: 1, rejected: 1, unreached: 1, running: 1 },
    by_direction: { inbound: 4, outbound: 1, web: 1 },
    answered: 3,
    minutes: 1.6,
    average_duration_seconds: 32,
  });
});

test("by the hour: also through the night in which an hour comes twice, and where the zone is off by half an hour", async () => {
  const autumn = "bucket=hour&from=2026-10-24T22:00:00Z&to=2026-10-25T23:00:00Z&time_zone=Europe/Amsterdam";
  expect((await stats(autumn)).buckets).toHaveLength(25);
  await addCall({ status: "ended", at: "2026-05-01T10:40:00Z", seconds: 60 });
  const india = "bucket=hour&from=2026-05-01T09:30:00Z&to=2026-05-01T11:30:00Z&time_zone=Asia/Kolkata";
  expect((await stats(india)).buckets.map((bucket: any) => [bucket.start, bucket.calls])).toEqual([
    ["2026-05-01T09:30:00.000Z", 0],
    ["2026-05-01T10:30:00.000Z", 1],
  ]);
});

const turn = (offsetMs: number, totalMs: number) => ({
  offset_ms: offsetMs,
  total_ms: totalMs,
  stages: {
    stt_final_ms: 100,
    end_of_turn_wait_ms: 200,
    tool_ms: 0,
    llm_first_token_ms: totalMs - 400,
    tts_first_audio_ms: 90,
    playout_start_ms: 10,
  },
});

test("percentiles of the turns of a period, from the traces of its calls, each counted once", async () => {
  const at = "2026-06-01T10:00:00.000Z";
  const id = await addCall({ status: "ended", at });
  const nothing = { sip: [], sip_omitted: 0, media: [], decisions: [] };
  const turns = Array.from({ length: 100 }, (_, index) => turn(index * 1_000, 500 + (index + 1) * 10));
  const read = { trace: { started_at: at, ...nothing, turns }, capture: undefined };
  const call = { id, organizationId: two.mine.id };
  await saveTrace(two.database.db, call, read);
  await saveTrace(two.database.db, call, read);
  const silent = { id: await addCall({ status: "ended", at }), organizationId: two.mine.id };
  await saveTrace(two.database.db, silent, { trace: { ...read.trace, turns: [] }, capture: undefined });
  const period = "bucket=hour&from=2026-06-01T10:00:00Z&to=2026-06-01T11:00:00Z";
  const { latency } = await stats(period);
  expect(latency).toMatchObject({
    turns: 100,
    is_sampled: false,
    total_ms: { p50: 1_005, p90: 1_401, p99: 1_490.1 },
    stt_final_ms: { p50: 100, p90: 100, p99: 100 },
    llm_first_token_ms: { p50: 605 },
  });
  expect((await stats(period, two.theirs)).latency).toBeNull();
});

test("of very many turns a fair sample is taken", async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => index);
  const organizationId = two.mine.id;
  for (let from = 0; from < rows.length; from += 5_000) {
    const values = rows.slice(from, from + 5_000).map((index) => ({
      organization_id: organizationId,
      at: new Date(Date.UTC(2026, 6, 1) + index),
      total_ms: index / 10,
      stt_final_ms: 0,
      end_of_turn_wait_ms: 0,
      tool_ms: 0,
      llm_first_token_ms: 0,
      tts_first_audio_ms: 0,
      playout_start_ms: 0,
    }));
    await two.database.db.insertInto("call_turns").values(values).execute();
  }
  const { latency } = await stats("from=2026-07-01&to=2026-07-02");
  expect(latency.is_sampled).toBe(true);
  expect(latency.turns).toBeGreaterThan(12_000);
  expect(latency.turns).toBeLessThan(32_000);
  // 3,000 ± 5 standard errors of a median of 15,000 drawn from 0 to 6,000.
  expect(Math.abs(latency.total_ms.p50 - 3_000)).toBeLessThan(125);
});

test("health of webhooks: those in trouble first, what waits, what was given up, and what callers waited for", async () => {
  const { db } = two.database;
  const endpoint = async (url: string, breaker: "closed" | "open") => {
    const id = newId();
    const place = { level: "assistant", owner: newId(), url, secret: null, disabled_reason: null, breaker };
    await db
      .insertInto("webhook_endpoints")
      .values({ id, organization_id: two.mine.id, ...place })
      .execute();
    return id;
  };
  const dead = await endpoint("https://dead.example/", "open");
  const well = await endpoint("https://well.example/", "closed");
  const at = new Date("2026-08-01T10:00:00Z");
  const attempt = (eventId: string, endpointId: string | null, outcome: string, durationMs: number) => ({
    id: newId(),
    created_at: at,
    event_id: eventId,
    delivery_id: null,
    endpoint_id: endpointId,
    number: 1,
    url: "https://x.example/",
    outcome,
    status_code: null,
    error: null,
    duration_ms: durationMs,
    response_body: null,
    dns_ms: null,
    connect_ms: null,
    tls_ms: null,
    first_byte_ms: null,
    connection: null,
    remote_address: null,
  });
  const toolCall = newId();
  await db
    .insertInto("webhook_attempts")
    .values([
      attempt(newId(), well, "delivered", 10),
      attempt(newId(), well, "delivered", 20),
      attempt(newId(), well, "timeout", 30),
      attempt(toolCall, null, "delivered", 120),
    ])
    .execute();
  const common = { organization_id: two.mine.id, call_id: newId() };
  await db
    .insertInto("webhook_events")
    .values({
      ...common,
      id: toolCall,
      created_at: at,
      type: "tool-calls",
      sequence: null,
      routing: "routed",
      body: Buffer.from("{}"),
    })
    .execute();
  const delivery = (state: "pending" | "waiting" | "exhausted", finishedAt: Date | null) => ({
    ...common,
    id: newId(),
    event_id: newId(),
    event_created_at: at,
    endpoint_id: dead,
    sequence: 1,
    event_type: "status-update",
    state,
    run_at: at,
    reason: null,
    claim_id: null,
    node_id: null,
    finished_at: finishedAt,
  });
  await db
    .insertInto("webhook_deliveries")
    .values([
      delivery("pending", null),
      delivery("waiting", null),
      delivery("exhausted", at),
      delivery("exhausted", new Date("2026-01-01T00:00:00Z")),
    ])
    .execute();
  const period = "bucket=hour&from=2026-08-01T09:00:00Z&to=2026-08-01T11:00:00Z";
  const { webhook_endpoints: endpoints, synchronous_webhooks: synchronous } = await stats(period);
  expect(endpoints).toMatchObject([
    { id: dead, breaker: "open", waiting: 2, exhausted: 1, attempts: 0, success_rate: null, p95_ms: null },
    { id: well, breaker: "closed", waiting: 0, exhausted: 0, attempts: 3, success_rate: 0.6667, p95_ms: 29 },
  ]);
  expect(synchronous).toEqual([
    { type: "assistant-request", requests: 0, success_rate: null, p95_ms: null },
    { type: "tool-calls", requests: 1, success_rate: 1, p95_ms: 120 },
  ]);
  expect((await stats(period, two.theirs)).webhook_endpoints).toEqual([]);
});

test.each([
  ["from=2026-02-01&to=2026-01-01", "from: must be before to"],
  ["bucket=hour&from=2026-01-01&to=2026-03-01", "from: must be at most 31 days before to"],
  ["bucket=day&from=2024-01-01&to=2026-03-01", "from: must be at most 400 days before to"],
  ["bucket=week", "bucket: "],
  ["time_zone=Mars/Olympus", "time_zone: must be an IANA time zone"],
  ["time_zone=%2B02:00", "time_zone: must be an IANA time zone"],
  ["from=yesterday", "from: must be an ISO 8601 date"],
])("refuses ?%s", async (query, problem) => {
  const { status, body } = await two.mine.call("GET", `/stats?${query}`);
  expect(status).toBe(400);
  expect(body.details.join("\n")).toContain(problem);
});
