import { Agent, request } from "undici";
import { newId } from "../src/ids.ts";
import { sign } from "../src/webhooks/signature.ts";
import { recordEvent } from "../src/webhooks/outbox-store.ts";
import { BODY, writeBacklog } from "./backlog.ts";
import { SECRET, startInstallation, type Installation } from "./installation.ts";
import { inMs, perSecond, print, spreadOf } from "./numbers.ts";

/**
 * `npm run bench:webhooks`: how fast notifications go out, beside what the machine can do at best in the same run.
 * `--full` adds the parts that take minutes: the backlogs of dead receivers, and a million pending events.
 */
const isFull = process.argv.includes("--full");
const COUNT = 20_000;
const CEILING_CONNECTIONS = 32;
const ACCEPTORS = 16;

const installation = await startInstallation();
try {
  await main(installation);
} finally {
  await installation.stop();
}

async function main(on: Installation): Promise<void> {
  const ceiling = await bare(on, () => Promise.resolve());
  print("ceiling: undici signs and posts, nothing is kept", `${ceiling}/s`);
  const withInsert = await bare(on, (id) =>
    on.pool.query("insert into webhook_events values ($1, now(), $2, $1, 'x', 1, 'routed', $3)", [
      id,
      on.organizationId,
      BODY,
    ]),
  );
  print(
    "the same with one INSERT each",
    `${withInsert}/s  (${(withInsert / ceiling).toFixed(2)} of the ceiling)`,
  );
  await on.empty();

  for (const endpoints of [1, 100]) {
    const rate = await drain(on, endpoints);
    print(
      `ours: a backlog of ${COUNT}, ${endpoints} endpoints`,
      `${rate}/s  (${(rate / ceiling).toFixed(2)} of the ceiling)`,
    );
  }
  const alone = await steadyState(on, false);
  print("ours: accepted only (one transaction each)", `${alone}/s`);
  const steady = await steadyState(on, true);
  print(
    "ours: accepted and delivered at the same time",
    `${steady}/s  (${(steady / ceiling).toFixed(2)} of the ceiling)`,
  );

  const quiet = await latency(on, { perSecondWanted: 200, forMs: 10_000 });
  print("200/s: commit to first byte", inMs(spreadOf(quiet.latencies)));
  const busy = await latency(on, { perSecondWanted: 500, forMs: 10_000 });
  print("500/s: cost of an event inside its transaction", inMs(spreadOf(busy.insertCosts)));
  if (isFull) await withTheDead(on, quiet.latencies);
}

async function bare(on: Installation, before: (id: string) => Promise<unknown>): Promise<number> {
  const agent = new Agent({ connections: CEILING_CONNECTIONS, pipelining: 1, allowH2: false });
  let left = COUNT;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: CEILING_CONNECTIONS }, async () => {
      while (left-- > 0) {
        const id = newId();
        await before(id);
        const timestamp = Math.floor(Date.now() / 1_000);
        const { body } = await request(`${on.receiverUrl}/ok`, {
          dispatcher: agent,
          method: "POST",
          body: BODY,
          headers: {
            "content-type": "application/json",
            "x-webhook-id": id,
            "x-webhook-timestamp": String(timestamp),
            "x-webhook-signature": sign(SECRET, timestamp, BODY),
          },
        });
        await body.dump();
      }
    }),
  );
  const rate = perSecond(COUNT, performance.now() - startedMs);
  await agent.close();
  await on.ask("forget");
  return rate;
}

async function drain(on: Installation, endpoints: number): Promise<number> {
  const urls = Array.from({ length: endpoints }, (_, index) => `${on.receiverUrl}/ok/${index}`);
  await writeBacklog(on.pool, { organizationId: on.organizationId, urls, count: COUNT });
  await on.pool.query("vacuum analyze webhook_deliveries, webhook_events");
  const startedMs = performance.now();
  const delivery = await on.startDelivery();
  await untilDelivered(on, COUNT);
  const rate = perSecond(COUNT, performance.now() - startedMs);
  await delivery.stop(5_000);
  await expectAllDelivered(on);
  await on.ask("forget");
  await on.empty();
  return rate;
}

/** Transactions accept events as fast as they can while the engine sends them, on one database. */
async function steadyState(on: Installation, isDelivering: boolean): Promise<number> {
  const calls = await newCalls(on, 500);
  const delivery = isDelivering ? await on.startDelivery() : undefined;
  let left = COUNT / 2;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: ACCEPTORS }, async () => {
      while (left-- > 0) await accept(on, calls[left % calls.length]!, (id) => delivery?.wake(id));
    }),
  );
  if (delivery) await untilDelivered(on, COUNT / 2);
  const rate = perSecond(COUNT / 2, performance.now() - startedMs);
  await delivery?.stop(5_000);
  if (delivery) await expectAllDelivered(on);
  await on.ask("forget");
  await on.empty();
  return rate;
}

async function latency(
  on: Installation,
  options: {
    perSecondWanted: number;
    forMs: number;
    /** delivers this long before the measurement begins */
    settleMs?: number;
  },
): Promise<{ latencies: number[]; insertCosts: number[] }> {
  const calls = await newCalls(on, 2_000);
  const delivery = await on.startDelivery();
  if (options.settleMs) await new Promise((resolve) => setTimeout(resolve, options.settleMs));
  const committed = new Map<string, number>();
  const insertCosts: number[] = [];
  const running: Promise<void>[] = [];
  const startedMs = performance.now();
  for (let sent = 0; performance.now() - startedMs < options.forMs; sent++) {
    const dueMs = startedMs + (sent * 1_000) / options.perSecondWanted;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    running.push(
      accept(on, calls[sent % calls.length]!, delivery.wake).then(({ eventId, costMs, committedAtMs }) => {
        committed.set(eventId, committedAtMs);
        insertCosts.push(costMs);
      }),
    );
  }
  await Promise.all(running);
  await delivery.drain(10_000);
  const { arrivals } = await on.ask<{ arrivals: [string, number][] }>("arrivals");
  const latencies = arrivals.flatMap(([id, atMs]) => {
    const committedAtMs = committed.get(id);
    return committedAtMs === undefined ? [] : [Math.max(0, atMs - committedAtMs)];
  });
  await delivery.stop(1_000);
  await on.ask("forget");
  await on.empty();
  return { latencies, insertCosts };
}

/** What healthy endpoints notice of dead ones. */
async function withTheDead(on: Installation, quiet: readonly number[]): Promise<void> {
  const before = spreadOf(quiet).p99;
  const compare = (name: string, latencies: readonly number[]) => {
    const { p99 } = spreadOf(latencies);
    print(name, `${inMs(spreadOf(latencies))}  (p99 ${(p99 / before).toFixed(2)} of the quiet one)`);
  };
  const { organizationId, receiverUrl } = on;
  await writeBacklog(on.pool, { organizationId, urls: [`${receiverUrl}/dead`], count: 100_000 });
  compare(
    "200/s beside one black hole with 100,000 pending",
    (await latency(on, { perSecondWanted: 200, forMs: 20_000 })).latencies,
  );
  const { port } = new URL(receiverUrl);
  const dead = Array.from({ length: 200 }, (_, index) => `http://127.0.1.${index + 1}:${port}/dead`);
  await writeBacklog(on.pool, { organizationId, urls: dead, count: 20_000 });
  compare(
    "200/s beside 200 endpoints that are found to be dead",
    (await latency(on, { perSecondWanted: 200, forMs: 12_000 })).latencies,
  );
  await writeBacklog(on.pool, { organizationId, urls: dead, count: 20_000 });
  compare(
    "200/s beside 200 endpoints that are known to be dead",
    (await latency(on, { perSecondWanted: 200, forMs: 20_000, settleMs: 40_000 })).latencies,
  );

  await writeBacklog(on.pool, { organizationId, urls: [`${receiverUrl}/dead`], count: 1_000_000 });
  const delivery = await on.startDelivery();
  const samples: number[] = [];
  const before1M = process.memoryUsage.rss() / 1_048_576;
  for (let second = 0; second < 20; second++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    samples.push(process.memoryUsage.rss() / 1_048_576);
  }
  await delivery.stop(0);
  print(
    "resident memory with 1,000,000 pending",
    `${before1M.toFixed(0)} MB before, ${samples[4]!.toFixed(0)} MB after 5 s, ${samples.at(-1)!.toFixed(0)} MB after 20 s`,
  );
}

async function newCalls(on: Installation, count: number): Promise<string[]> {
  const { rows } = await on.pool.query<{ id: string }>(
    `insert into calls (id, organization_id, node_id, direction, status)
     select uuidv7(), $1, gen_random_uuid(), 'inbound', 'ended' from generate_series(1, $2::integer) returning id`,
    [on.organizationId, count],
  );
  return rows.map(({ id }) => id);
}

async function accept(on: Installation, callId: string, wake: (endpointId: string) => void) {
  let costMs = 0;
  const recorded = await on.db.transaction().execute(async (tx) => {
    const startedMs = performance.now();
    const result = await recordEvent(tx, {
      organizationId: on.organizationId,
      callId,
      type: "status-update",
      endpoint: { level: "account", owner: "", url: `${on.receiverUrl}/ok`, secret: null },
      createdAt: new Date(),
      encode: () => BODY,
    });
    costMs = performance.now() - startedMs;
    return result;
  });
  const committedAtMs = performance.timeOrigin + performance.now();
  if (recorded.endpointId) wake(recorded.endpointId);
  return { eventId: recorded.eventId, costMs, committedAtMs };
}

async function untilDelivered(on: Installation, count: number): Promise<void> {
  for (;;) {
    const answer = await on.ask<{ count: number }>("count");
    if (answer.count >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function expectAllDelivered(on: Installation): Promise<void> {
  const { rows } = await on.pool.query<{ state: string; count: string }>(
    "select state, count(*) from webhook_deliveries group by state",
  );
  const rest = rows.filter(({ state }) => state !== "delivered");
  if (rest.length > 0) throw new Error(`not everything was delivered: ${JSON.stringify(rows)}`);
}
