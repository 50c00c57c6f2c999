import { fork, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { Agent, request } from "undici";
import { openDatabase } from "../src/db/database.ts";
import { startEmbeddedPostgres } from "../src/db/embedded-postgres.ts";
import { inMs, perSecond, print, spreadOf } from "./numbers.ts";

// The REST API over real sockets, beside a bare route in the same run: npm run bench:api [-- --calls 1000000]

const given = process.argv.indexOf("--calls");
const CALLS = given < 0 ? 1_000_000 : Number(process.argv[given + 1]);
const RUN_MS = 8_000;
const AT_ONCE = 32;
const API_KEY = "fl_bench_0123456789abcdef";

const folder = await mkdtemp(path.join(tmpdir(), "switchhook-bench-"));
const started = await startEmbeddedPostgres({
  dataDirectory: folder,
  isInUse: () => Promise.resolve(false),
  onRestart: () => undefined,
});
if (started.outcome === "in-use") throw new Error("a fresh folder cannot be in use");
const { postgres } = started;
const children: ChildProcess[] = [];
const agent = new Agent({ connections: AT_ONCE, pipelining: 1 });

try {
  const apiUrl = await startServer();
  const { db, close } = openDatabase({
    connectionString: postgres.connectionString,
    maxConnections: 2,
    onIdleError: () => undefined,
  });
  const { id: assistantId } = await create({ name: "Bench" });
  await sql`
    insert into calls (id, organization_id, node_id, direction, status, messages, summary, created_at, started_at, ended_at, reported_at)
    select gen_random_uuid(), (select id from organizations limit 1), gen_random_uuid(), 'inbound', 'ended',
      '[{"role":"assistant","content":"Hello."}]', 'A call.', at, at, at + interval '1 minute', at
    from (select now() - n * interval '1 second' as at from generate_series(1, ${CALLS}) n) times
  `.execute(db);
  await sql`vacuum analyze`.execute(db);
  await close();

  const bare = await startBare();
  const baseline = await load(() => get(`${bare}/assistants/${assistantId}`));
  print("a bare route with one SELECT by primary key", `${baseline.rate}/s  ${inMs(baseline.spread)}`);
  const one = await load(() => get(`${apiUrl}/assistants/${assistantId}`));
  print("GET /assistants/{id}", `${one.rate}/s  ${inMs(one.spread)}  (${ratio(one.rate, baseline.rate)})`);
  const list = await load(() => get(`${apiUrl}/calls?limit=100`), 4);
  print(`GET /calls?limit=100 with ${CALLS} calls, 4 at once`, `${list.rate}/s  ${inMs(list.spread)}`);
  const single = await load(() => get(`${apiUrl}/calls?limit=100`), 1);
  print("the same, one at a time", `${single.rate}/s  ${inMs(single.spread)}`);
  const made = await load(() => create({ name: "Bench" }));
  print("POST /assistants", `${made.rate}/s  ${inMs(made.spread)}  (${ratio(made.rate, baseline.rate)})`);

  async function create(body: object): Promise<{ id: string }> {
    const answer = await request(`${apiUrl}/assistants`, {
      dispatcher: agent,
      method: "POST",
      headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { assistant } = (await answer.body.json()) as { assistant: { id: string } };
    return assistant;
  }
} finally {
  for (const child of children) child.kill("SIGTERM");
  await agent.destroy();
  await Promise.all(children.map((child) => new Promise((resolve) => child.once("exit", resolve))));
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function get(url: string): Promise<void> {
  const { statusCode, body } = await request(url, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  await body.arrayBuffer();
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
}

/** So many at once, for a while; the first second is not counted. */
async function load(send: () => Promise<unknown>, atOnce = AT_ONCE) {
  const startedMs = performance.now();
  const samples: number[] = [];
  const isWarm = () => performance.now() - startedMs > 1_000;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() - startedMs < RUN_MS) {
        const fromMs = performance.now();
        await send();
        if (isWarm()) samples.push(performance.now() - fromMs);
      }
    }),
  );
  return { rate: perSecond(samples.length, RUN_MS - 1_000), spread: spreadOf(samples) };
}

function ratio(rate: number, baseline: number): string {
  return `${(rate / baseline).toFixed(2)} of the bare route`;
}

async function startServer(): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("../src/main.ts", import.meta.url))], {
    env: {
      PATH: process.env["PATH"],
      SWITCHHOOK_DATA_DIR: path.join(folder, "server"),
      SWITCHHOOK_API_KEY: API_KEY,
      DATABASE_URL: postgres.connectionString,
      PORT: "0",
      SIP_PORT: "0",
      WEB_RTC_PORT: "0",
      LOG_LEVEL: "warn",
      // What a client may ask is not what is measured here.
      RATE_LIMIT_REQUESTS_PER_MINUTE: "100000000",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      const url = /API (\S+)/.exec(chunk.toString())?.[1];
      if (url) resolve(url);
    });
  });
}

async function startBare(): Promise<string> {
  const child = fork(new URL("bare-api.ts", import.meta.url), {
    env: { ...process.env, DATABASE_URL: postgres.connectionString },
  });
  children.push(child);
  const { port } = await new Promise<{ port: number }>((resolve) => child.once("message", resolve as never));
  return `http://127.0.0.1:${port}`;
}
