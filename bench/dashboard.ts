import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../src/db/database.ts";
import { inMs, print, spreadOf } from "./numbers.ts";
import { startInstallation } from "./installation.ts";
import { callBuckets, turnLatency } from "../src/stats/stats-store.ts";
import { listCalls } from "../src/calls/call-list-store.ts";
import { listRunningCalls } from "../src/calls/call-feed-store.ts";
import { readSearch } from "../src/calls/call-search.ts";
import { listEndpointHealth, listSyncHealth } from "../src/webhooks/webhook-health-store.ts";

// What the dashboard asks, of an organization with many calls and beside it of one with 1,000, on the same database:
// npm run bench:dashboard [-- --calls 100000] [-- --explain]

const given = process.argv.indexOf("--calls");
const MANY = given < 0 ? 100_000 : Number(process.argv[given + 1]);
const FEW = 1_000;
const TIMES = 30;
const DAYS = 30;
const to = new Date();
const period = { from: new Date(to.getTime() - DAYS * 86_400_000), to };

const installation = await startInstallation();
const { db } = installation;
try {
  const many = installation.organizationId;
  const few = randomUUID();
  await sql`insert into organizations (id, name, webhook_secret) select ${few}, 'Few', webhook_secret from organizations`.execute(
    db,
  );
  for (const [organizationId, calls] of [
    [few, FEW],
    [many, MANY],
  ] as const) {
    const startedMs = performance.now();
    await seed(db, organizationId, calls);
    print(`seeded ${calls} calls`, `${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  }
  await sql`vacuum analyze`.execute(db);

  const list =
    (filter: Parameters<typeof listCalls>[2], offset = 0) =>
    (organizationId: string) =>
      listCalls(db, organizationId, filter, { limit: 100, offset, hasMessages: true }, (id) => countAll(id));
  const questions: [string, (organizationId: string) => Promise<unknown>][] = [
    ["calls: the first page of 100", list({})],
    ["calls: the last page", (id) => list({}, (id === many ? MANY : FEW) - 100)(id)],
    ["calls: one status", list({ status: "ended-with-error" })],
    [
      "calls: one direction, a week",
      list({ direction: "outbound", startDate: new Date(to.getTime() - 604_800_000) }),
    ],
    ["calls: a part of a number", list({ search: readSearch("612 345") })],
    ["calls: words of the transcript, in 1 of 100", list({ search: readSearch("rare tulips") })],
    ["calls: a word that is in every transcript", list({ search: readSearch("hello") })],
    [
      "stats: calls by day, 30 days",
      (id) => callBuckets(db, id, period, { size: "day", timeZone: "Europe/Amsterdam" }),
    ],
    ["stats: calls by hour, 30 days", (id) => callBuckets(db, id, period, { size: "hour", timeZone: "UTC" })],
    ["stats: latency of turns, 30 days", (id) => turnLatency(db, id, period)],
    ["stats: health of endpoints", (id) => listEndpointHealth(db, id, period)],
    ["stats: health of synchronous requests", (id) => listSyncHealth(db, id, period)],
    ["live: one look at the running calls", (id) => listRunningCalls(db, id, [])],
  ];
  for (const [name, ask] of questions) {
    const [small, large] = [await measure(() => ask(few)), await measure(() => ask(many))];
    print(
      name,
      `${inMs(large)}  (${(large.p50 / small.p50).toFixed(1)} of ${small.p50.toFixed(2)} ms with ${FEW})`,
    );
  }
} finally {
  await installation.stop();
}

async function countAll(organizationId: string): Promise<number> {
  const { rows } = await sql<{
    count: string;
  }>`select count(*) from calls where organization_id = ${organizationId}`.execute(db);
  return Number(rows[0]!.count);
}

async function measure(ask: () => Promise<unknown>) {
  const samples: number[] = [];
  for (let time = -3; time < TIMES; time++) {
    const startedMs = performance.now();
    await ask();
    if (time >= 0) samples.push(performance.now() - startedMs);
  }
  return spreadOf(samples);
}

/** Calls as long as real ones, over 30 days: six turns, a summary, three webhook events with their attempts. */
async function seed(on: Database, organizationId: string, calls: number): Promise<void> {
  await sql`
    insert into calls (id, organization_id, node_id, direction, status, end_reason, caller_number, called_number,
      configuration, messages, summary, created_at, started_at, ended_at, reported_at)
    select gen_random_uuid(), ${organizationId}, gen_random_uuid(),
      (array['inbound', 'inbound', 'outbound', 'web'])[1 + n % 4],
      (array['ended', 'ended', 'ended', 'ended', 'ended', 'ended', 'transferred', 'rejected', 'failed', 'ended-with-error'])[1 + n % 10],
      'user_hangup', '+316' || lpad((n * 7919 % 100000000)::text, 8, '0'), '+31850835037',
      json_build_object('name', 'Bench', 'llm_config', json_build_object('prompt', repeat('You answer the telephone. ', 60))),
      (select json_agg(json_build_object('role', 'user', 'content', 'Hello, this is sentence number ' || t || ' of the call'))
        from generate_series(1, 12) t),
      'The caller asked about ' || case when n % 100 = 0 then 'rare tulips' else 'opening hours' end || '.',
      at, at, at + interval '2 minutes', at + interval '3 minutes'
    from (
      select n, now() - (n * ${DAYS * 86_400 * 0.99}::float8 / ${calls}) * interval '1 second' as at
      from generate_series(1, ${calls}::integer) n
    ) times
  `.execute(on);
  await sql`
    insert into call_words select id, organization_id, to_tsvector('simple', summary || ' ' || messages::text)
    from calls where organization_id = ${organizationId}
  `.execute(on);
  await sql`
    insert into call_turns select organization_id, created_at, 500 + random() * 900, 100, 200 + random() * 100, 0,
      200 + random() * 400, 90 + random() * 90, 10
    from calls, generate_series(1, 6) where organization_id = ${organizationId}
  `.execute(on);
  const endpointId = randomUUID();
  await sql`
    insert into webhook_endpoints (id, organization_id, level, owner, url)
    values (${endpointId}, ${organizationId}, 'account', '', 'https://receiver.example/')
  `.execute(on);
  await sql`
    insert into webhook_events (id, created_at, organization_id, call_id, type, sequence, routing, body)
    select gen_random_uuid(), c.created_at + t * interval '20 seconds', c.organization_id, c.id,
      (array['assistant-request', 'status-update', 'end-of-call-report'])[t], nullif(t, 1), 'routed', '\\x7b7d'
    from calls c, generate_series(1, 3) t where c.organization_id = ${organizationId}
  `.execute(on);
  await sql`
    insert into webhook_attempts (id, created_at, event_id, endpoint_id, number, url, outcome, status_code, duration_ms)
    select gen_random_uuid(), created_at, id, case when sequence is null then null else ${endpointId}::uuid end, 1,
      'https://receiver.example/', 'delivered', 200, 20 + random() * 200
    from webhook_events where organization_id = ${organizationId}
  `.execute(on);
}
