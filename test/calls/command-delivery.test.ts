import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CallCommand, CommandAnswer } from "../../src/calls/call-command.ts";
import { createCommandDelivery } from "../../src/calls/command-delivery.ts";
import { deleteOldCommands } from "../../src/calls/command-store.ts";
import { createLiveCalls } from "../../src/calls/live-calls.ts";
import { insertNode } from "../../src/calls/node-store.ts";
import { systemClock } from "../../src/clock.ts";
import { createListener, type Listener } from "../../src/db/listener.ts";
import { migrate } from "../../src/db/migrate.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { createOrganization } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

// Two processes' halves on one PostgreSQL. With real processes: test/e2e/two-servers.test.ts.

let database: TestDatabase;
let organizationId: string;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.pool);
  organizationId = await createOrganization(
    database.db,
    createSecretBox(Buffer.alloc(32, 5)),
    "fl_commands_0123456789",
  );
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  expect(await rows()).toBe(0);
});
afterAll(() => database.close());

const rows = async () =>
  Number((await sql<{ n: string }>`select count(*) n from call_commands`.execute(database.db)).rows[0]!.n);

async function startNode(options: { isDeaf?: boolean; isStarted?: boolean } = {}) {
  const { db, connectionString } = database;
  const nodeId = newId();
  await insertNode(db, { id: nodeId, installationId: newId() });
  const liveCalls = createLiveCalls();
  let broken = 0;
  const listener = createListener({ connectionString, clock: systemClock, onError: () => broken++ });
  const deaf: Pick<Listener, "listen"> = { listen: () => undefined };
  const delivery = createCommandDelivery({
    db,
    nodeId,
    newId,
    liveCalls,
    listener: options.isDeaf ? deaf : listener,
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
  if (options.isStarted !== false) delivery.start();
  closing.push(async () => {
    await delivery.stop();
    await listener.stop();
  });
  const done: CallCommand[] = [];
  /** in progress, and its conversation is only being started */
  async function beginCall(): Promise<{ id: string; stand(refusal?: string): void; end(): void }> {
    const id = newId();
    await db
      .insertInto("calls")
      .values({
        id,
        organization_id: organizationId,
        node_id: nodeId,
        direction: "inbound",
        status: "in-progress",
      })
      .execute();
    const place = liveCalls.begin(id);
    return {
      id,
      end: place.clear,
      stand: (refusal) =>
        place.take({
          refusalOf: () => refusal,
          command(command): CommandAnswer {
            done.push(command);
            return { outcome: "taken" };
          },
        }),
    };
  }
  async function addCall(refusal?: string): Promise<string> {
    const call = await beginCall();
    call.stand(refusal);
    return call.id;
  }
  return { nodeId, liveCalls, done, addCall, beginCall, send: delivery.send, broken: () => broken };
}

const say = (content: string): CallCommand => ({ type: "say", content, end_after: false });
const taken = { outcome: "taken" };

async function timed<T>(run: () => Promise<T>): Promise<{ result: T; tookMs: number }> {
  const startedMs = performance.now();
  const result = await run();
  return { result, tookMs: performance.now() - startedMs };
}

test("a command reaches the process that carries the call, however long, and in order", async () => {
  const [owner, other] = [await startNode(), await startNode()];
  const id = await owner.addCall();
  // More than a NOTIFY can carry.
  const long = say("ü".repeat(10_000));
  expect(await other.send(id, long)).toEqual(taken);
  expect(owner.done).toEqual([long]);
  for (const content of ["1", "2", "3"]) expect(await other.send(id, say(content))).toEqual(taken);
  expect(owner.done.slice(1)).toEqual(["1", "2", "3"].map(say));
  // Hints, not polling: ten in far less than the ten seconds that looking would take.
  const { tookMs } = await timed(async () => {
    for (let count = 0; count < 10; count++) await other.send(id, say("x"));
  });
  expect(tookMs).toBeLessThan(4_000);
  expect(other.done).toEqual([]);
});

test("the process's own calls need no database", async () => {
  const owner = await startNode({ isStarted: false });
  expect(await owner.send(await owner.addCall(), say("x"))).toEqual(taken);
});

test("why the call cannot take it travels back", async () => {
  const [owner, other] = [await startNode(), await startNode()];
  const id = await owner.addCall("The call is being transferred");
  expect(await other.send(id, say("x"))).toEqual({
    outcome: "refused",
    detail: "The call is being transferred",
  });
  expect(owner.done).toEqual([]);
});

test("a call that has just ended there", async () => {
  const [owner, other] = [await startNode(), await startNode()];
  const id = await owner.addCall();
  owner.liveCalls.begin(id).clear();
  await owner.addCall();
  expect(await other.send(id, say("x"))).toEqual({ outcome: "refused", detail: "The call has just ended" });
});

test.each(["the process that carries it", "another"])(
  "a call whose conversation is only being started, asked of %s: its commands wait for it",
  async (where) => {
    const owner = await startNode();
    const asked = where === "another" ? await startNode() : owner;
    const call = await owner.beginCall();
    const answers = ["1", "2"].map((content) => asked.send(call.id, say(content)));
    expect(await asked.send(await owner.addCall(), say("other call"))).toEqual(taken);
    expect(owner.done).toEqual([say("other call")]);
    call.stand();
    expect(await Promise.all(answers)).toEqual([taken, taken]);
    // Who sends two at a time has said nothing of their order.
    expect(new Set(owner.done.slice(1))).toEqual(new Set([say("1"), say("2")]));
  },
);

test("one whose conversation never stands is refused, and so is one that takes too long", async () => {
  const owner = await startNode();
  const refused = { outcome: "refused", detail: "The call is just being answered, or has just ended" };
  const [failing, slow] = [await owner.beginCall(), await owner.beginCall()];
  const answers = [failing, slow].map(({ id }) => owner.send(id, say("x")));
  failing.end();
  expect(await Promise.all(answers)).toEqual([refused, refused]);
  expect(owner.done).toEqual([]);
});

test("without any hint both sides look by themselves", async () => {
  const [owner, other] = [await startNode({ isDeaf: true }), await startNode({ isDeaf: true })];
  const { result, tookMs } = await timed(async () => other.send(await owner.addCall(), say("x")));
  expect(result).toEqual(taken);
  expect(tookMs).toBeLessThan(2_000);
});

test("a process that does not answer: given up after two seconds, and not carried out later", async () => {
  const [owner, other] = [await startNode({ isStarted: false }), await startNode()];
  const id = await owner.addCall();
  const { result, tookMs } = await timed(() => other.send(id, say("too late")));
  expect(result).toEqual({ outcome: "unanswered" });
  expect(tookMs).toBeGreaterThan(1_900);
  expect(tookMs).toBeLessThan(3_000);
  expect(await rows()).toBe(0);
  expect(owner.done).toEqual([]);
});

test("a process that is dead is known to be: at once", async () => {
  const [owner, other] = [await startNode(), await startNode()];
  const id = await owner.addCall();
  for (const state of [{ heartbeat_at: new Date(Date.now() - 16_000) }, { stopped_at: new Date() }]) {
    await database.db.updateTable("nodes").set(state).where("id", "=", owner.nodeId).execute();
    const { result, tookMs } = await timed(() => other.send(id, say("x")));
    expect(result).toEqual({ outcome: "refused", detail: "The server that carried the call is gone" });
    expect(tookMs).toBeLessThan(1_000);
  }
});

test("a broken connection is made again, and what came meanwhile is found", async () => {
  const [owner, other] = [await startNode(), await startNode()];
  const id = await owner.addCall();
  expect(await other.send(id, say("before"))).toEqual(taken);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'switchhook listen' and datname = current_database()`.execute(database.db);
  await expect.poll(owner.broken, { timeout: 5_000 }).toBe(1);
  expect(await other.send(id, say("during"))).toEqual(taken);
  await expect
    .poll(
      async () => {
        const { rows: found } = await sql`select 1 from pg_stat_activity
        where application_name = 'switchhook listen' and datname = current_database()`.execute(database.db);
        return found.length;
      },
      { timeout: 5_000 },
    )
    .toBe(2);
  const { tookMs } = await timed(async () => {
    for (let count = 0; count < 5; count++) expect(await other.send(id, say("after"))).toEqual(taken);
  });
  expect(tookMs).toBeLessThan(2_000);
  expect(owner.broken()).toBe(1);
});

test("what a process has left behind is deleted", async () => {
  const owner = await startNode({ isStarted: false });
  const values = {
    call_id: await owner.addCall(),
    node_id: newId(),
    sent_by: newId(),
    command: JSON.stringify(say("x")),
  };
  await database.db
    .insertInto("call_commands")
    .values([
      { ...values, id: newId(), created_at: new Date(Date.now() - 61_000) },
      { ...values, id: newId() },
    ])
    .execute();
  await deleteOldCommands(database.db);
  expect(await rows()).toBe(1);
  await database.db.deleteFrom("call_commands").execute();
});
