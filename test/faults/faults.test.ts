import { fork, type ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSecretBox } from "../../src/secret-box.ts";
import { openDatabase, type DatabaseConnection } from "../../src/db/database.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../src/db/embedded-postgres.ts";
import { migrate } from "../../src/db/migrate.ts";
import { newId } from "../../src/ids.ts";
import { countDeliveries } from "../../src/webhooks/event-list-store.ts";
import { ensurePartitions } from "../../src/webhooks/partitions.ts";
import { QUICK_ATTEMPTS } from "../../src/webhooks/retry-schedule.ts";
import { STATEMENTS, type Failpoint, type Orders } from "./engine-process.ts";

const RUNS = Number(process.env["FAULT_RUNS"] ?? 200);
const SEED = Number(process.env["FAULT_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const CALLS = 6;
const EVENTS_A_RUN = 12;
const LONGEST_RUN_MS = 2_500;

/** mulberry32: small, and the same everywhere, so that a run can be repeated by its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const random = randomFrom(SEED);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;

let folder: string;
let postgres: EmbeddedPostgres;
let database: DatabaseConnection;
let receiver: Server;
let receiverUrl: string;
let organizationId: string;
/** what the receiver does with the next requests */
let mood: "well" | "failing" | "flapping" = "well";

interface Seen {
  attempts: number;
  isDelivered: boolean;
  callId: string;
  sequence: number;
  body: string;
}
const seen = new Map<string, Seen>();
const accepted = new Set<string>();
const outOfOrder: string[] = [];
const changed: string[] = [];
let duplicates = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "switchhook-faults-"));
  const started = await startEmbeddedPostgres({
    dataDirectory: folder,
    isInUse: () => Promise.resolve(false),
    onRestart: () => undefined,
  });
  if (started.outcome === "in-use") throw new Error("a fresh folder cannot be in use");
  ({ postgres } = started);
  const { connectionString } = postgres;
  database = openDatabase({ connectionString, maxConnections: 4, onIdleError: () => undefined });
  await migrate(database.pool);
  await ensurePartitions(database.db, new Date());
  organizationId = newId();
  await database.db
    .insertInto("organizations")
    .values({
      id: organizationId,
      name: "Faults",
      webhook_secret: createSecretBox(Buffer.alloc(32, 5)).seal("secret"),
    })
    .execute();
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const isWell = receive(String(request.headers["x-webhook-id"]), Buffer.concat(parts).toString());
      if (isWell) response.writeHead(200).end("{}");
      else if (random() < 0.5) response.writeHead(500).end("no");
      else response.socket?.destroy();
    });
    request.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
}, 60_000);
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** @returns whether it is acknowledged */
function receive(id: string, body: string): boolean {
  const { message } = JSON.parse(body) as { message: { call: { id: string }; sequence: number } };
  const known = seen.get(id);
  const entry: Seen = known ?? {
    attempts: 0,
    isDelivered: false,
    callId: message.call.id,
    sequence: message.sequence,
    body,
  };
  if (!known) {
    seen.set(id, entry);
    for (const other of seen.values()) {
      const isEarlier = other.callId === entry.callId && other.sequence < entry.sequence;
      if (isEarlier && !other.isDelivered && other.attempts < QUICK_ATTEMPTS) {
        outOfOrder.push(`${entry.callId}: ${entry.sequence} before ${other.sequence} was done`);
      }
    }
  }
  if (entry.body !== body) changed.push(id);
  if (entry.isDelivered) duplicates++;
  entry.attempts++;
  const isWell = mood === "well" || (mood === "flapping" && random() < 0.6);
  if (isWell) entry.isDelivered = true;
  return isWell;
}

async function newCalls(): Promise<string[]> {
  const ids = Array.from({ length: CALLS }, () => newId());
  await insisting(() =>
    database.db
      .insertInto("calls")
      .values(
        ids.map((id) => ({
          id,
          organization_id: organizationId,
          node_id: newId(),
          direction: "inbound" as const,
          status: "ended",
        })),
      )
      .execute(),
  );
  return ids;
}

/** The database may be away at this very moment. */
async function insisting<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function startEngine(
  orders: Omit<Orders, "databaseUrl" | "receiverUrl" | "organizationId" | "installationId">,
) {
  const child = fork(new URL("engine-process.ts", import.meta.url), { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise((resolve) => child.once("message", resolve));
  child.on("message", (message: { accepted?: string }) => message.accepted && accepted.add(message.accepted));
  child.send({
    ...orders,
    databaseUrl: postgres.connectionString,
    receiverUrl,
    organizationId,
    installationId: organizationId,
  } satisfies Orders);
  return { child, ended };
}

function killPostgres(): void {
  const { port } = new URL(postgres.connectionString);
  // The one that we started: its command line names our own folder's port.
  const table = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" });
  const line = table
    .split("\n")
    .find((text) => /bin\/postgres -D/.test(text) && text.includes(`-p ${port} `));
  const pid = Number(line?.trim().split(/\s+/, 1)[0]);
  if (pid) process.kill(pid, "SIGKILL");
}

async function cutConnections(): Promise<void> {
  await database.pool
    .query(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null",
    )
    .catch(() => undefined);
}

const FAULTS = ["failpoint", "failpoint", "failpoint", "kill", "postgres", "connections"] as const;

async function oneRun(run: number): Promise<void> {
  const fault = pick(FAULTS);
  mood = pick(["well", "well", "flapping", "failing"] as const);
  const failpoint: Failpoint | undefined =
    fault === "failpoint"
      ? {
          at: pick(Object.keys(STATEMENTS) as (keyof typeof STATEMENTS)[]),
          occurrence: 1 + Math.floor(random() * 6),
          moment: pick(["before", "after"] as const),
        }
      : undefined;
  const { child, ended } = await startEngine({
    callIds: await newCalls(),
    events: EVENTS_A_RUN,
    failpoint,
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), LONGEST_RUN_MS);
  if (fault !== "failpoint") {
    await new Promise((resolve) => setTimeout(resolve, 100 + random() * 400));
    if (fault === "postgres" && run % 3 === 0) killPostgres();
    else if (fault === "postgres" || fault === "connections") await cutConnections();
    await new Promise((resolve) => setTimeout(resolve, random() * 500));
    child.kill("SIGKILL");
  }
  await ended;
  clearTimeout(limit);
}

async function drain(): Promise<void> {
  mood = "well";
  // Retries and breakers would take minutes in real time; their schedule is tested elsewhere.
  await insisting(() =>
    database.pool.query("update webhook_endpoints set breaker = 'closed', breaker_until = null"),
  );
  const { child, ended } = await startEngine({ callIds: [], events: 0, failpoint: undefined });
  await expect
    .poll(
      async () => {
        await insisting(() =>
          database.pool.query(
            "update webhook_deliveries set run_at = now() where state = 'pending' and run_at > now()",
          ),
        );
        const { pending, inFlight } = await insisting(() => countDeliveries(database.db));
        return pending + inFlight;
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe(0);
  await endOf(child, ended);
}

async function endOf(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

test(
  `${RUNS} crashes (seed ${SEED}): nothing is lost, order holds, a repeat is the same event`,
  async () => {
    for (let run = 0; run < RUNS; run++) await oneRun(run);
    await drain();

    const { rows } = await database.pool.query<{ id: string }>("select id from webhook_events");
    const committed = new Set(rows.map(({ id }) => id));
    const unkept = [...accepted].filter((id) => !committed.has(id));
    const lost = [...committed].filter((id) => !seen.get(id)?.isDelivered);
    process.stdout.write(
      `${RUNS} runs, ${committed.size} events committed, ${accepted.size} acknowledged, ` +
        `${seen.size} received, ${duplicates} repeats after a success\n`,
    );
    expect({ unkept, lost, outOfOrder, changed }).toEqual({
      unkept: [],
      lost: [],
      outOfOrder: [],
      changed: [],
    });
    const counts = await countDeliveries(database.db);
    expect(counts).toMatchObject({ residue: 0, pending: 0, inFlight: 0, exhausted: 0, cancelled: 0 });
    expect(counts.delivered).toBe(committed.size);
    expect(committed.size).toBeGreaterThan(RUNS);
  },
  RUNS * 6_000 + 120_000,
);
