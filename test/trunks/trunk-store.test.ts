import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createManualClock } from "../harness/manual-clock.ts";
import { createLogger } from "../../src/logger.ts";
import { createOrganization } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { migrate } from "../../src/db/migrate.ts";
import { newId } from "../../src/ids.ts";
import { UNKNOWN } from "../../src/trunks/reachability.ts";
import { createTrunkDirectory } from "../../src/trunks/trunk-directory-loop.ts";
import { findNumberWithTrunk } from "../../src/trunks/trunk-store.ts";
import {
  downSince,
  keepTrunks,
  listActiveTrunks,
  releaseTrunks,
  saveReachability,
  takeCallSlot,
  trunksVersion,
} from "../../src/trunks/trunk-keeping-store.ts";

let database: TestDatabase;
let organizationId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.pool);
  const secretBox = createSecretBox(Buffer.alloc(32, 3));
  organizationId = await createOrganization(database.db, secretBox, "fl_trunks_0123456789");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.deleteFrom("sip_trunks").execute();
});

async function addTrunk(fields: object = {}): Promise<string> {
  const id = newId();
  await database.db
    .insertInto("sip_trunks")
    .values({
      id,
      organization_id: organizationId,
      name: "x",
      provider: "x",
      address: "pbx",
      transport: "udp",
      ...fields,
    } as never)
    .execute();
  return id;
}

async function addNode(secondsSinceHeartbeat = 0): Promise<string> {
  const id = newId();
  const heartbeat_at = new Date(Date.now() - secondsSinceHeartbeat * 1_000);
  await database.db.insertInto("nodes").values({ id, installation_id: newId(), heartbeat_at }).execute();
  return id;
}

describe("who keeps a trunk", () => {
  test("the first that comes, and no other, as long as it lives", async () => {
    const [first, second] = [await addNode(), await addNode()];
    const ids = [await addTrunk(), await addTrunk()].toSorted();
    const kept = await Promise.all([keepTrunks(database.db, first), keepTrunks(database.db, second)]);
    expect(kept.flat().toSorted()).toEqual(ids);
    const again = await Promise.all([keepTrunks(database.db, first), keepTrunks(database.db, second)]);
    expect(again.map((list) => list.toSorted())).toEqual(kept.map((list) => list.toSorted()));
  });

  test.each([
    ["silent", 16],
    ["never heard of", undefined],
  ])("another when it is %s", async (_sentence, seconds) => {
    const dead = seconds === undefined ? newId() : await addNode(seconds);
    const id = await addTrunk({ keeper_node_id: dead });
    expect(await keepTrunks(database.db, await addNode())).toEqual([id]);
    expect(await keepTrunks(database.db, dead)).toEqual([]);
    // It comes back, and writes over nothing.
    await saveReachability(database.db, dead, id, { ...UNKNOWN, state: "down", since: new Date() });
    expect(await downSince(database.db, id)).toBeUndefined();
  });

  test("another at once when it ends, and nobody a trunk that is switched off", async () => {
    const [first, second] = [await addNode(), await addNode()];
    const id = await addTrunk();
    await addTrunk({ is_active: false });
    expect(await keepTrunks(database.db, first)).toEqual([id]);
    await releaseTrunks(database.db, first);
    expect(await keepTrunks(database.db, second)).toEqual([id]);
  });
});

describe("calls per second", () => {
  const take = (id: string, mostMs: number) => takeCallSlot(database.db, id, "outbound", mostMs);

  test("places are given out one step after the other, up to the longest wait", async () => {
    const id = await addTrunk({ calls_per_second: 2 });
    // In one transaction time stands still.
    const waits = await database.db.transaction().execute(async (tx) => {
      const given = [];
      for (let call = 0; call < 5; call++) given.push(await takeCallSlot(tx, id, "outbound", 1_400));
      return given;
    });
    expect(waits).toEqual([0, 500, 1_000, undefined, undefined]);
  });

  test("whoever asks at the same time gets a place of his own", async () => {
    const id = await addTrunk({ calls_per_second: 1 });
    const startedMs = Date.now();
    const waits = await Promise.all(Array.from({ length: 6 }, () => take(id, 60_000)));
    expect(waits).not.toContain(undefined);
    const row = await database.db
      .selectFrom("sip_trunks")
      .select("outbound_slot_at")
      .executeTakeFirstOrThrow();
    expect(row.outbound_slot_at!.getTime()).toBeGreaterThanOrEqual(startedMs + 5_900);
  });

  test("each direction has its own, and none is left over from a quiet time", async () => {
    const id = await addTrunk({ calls_per_second: 1 });
    expect(await take(id, 0)).toBe(0);
    expect(await take(id, 0)).toBeUndefined();
    expect(await takeCallSlot(database.db, id, "inbound", 0)).toBe(0);
    const longAgo = new Date(Date.now() - 60_000);
    await database.db.updateTable("sip_trunks").set({ outbound_slot_at: longAgo }).execute();
    expect(await take(id, 0)).toBe(0);
    expect(await take(id, 0)).toBeUndefined();
  });
});

test("the version tells of every coming and going, and of nothing else", async () => {
  const versions = [await trunksVersion(database.db)];
  const id = await addTrunk();
  versions.push(await trunksVersion(database.db));
  await addTrunk();
  versions.push(await trunksVersion(database.db));
  await keepTrunks(database.db, await addNode());
  expect(await trunksVersion(database.db)).toBe(versions.at(-1));
  await database.db.deleteFrom("sip_trunks").where("id", "=", id).execute();
  versions.push(await trunksVersion(database.db));
  expect(new Set(versions).size).toBe(4);
});

test("without a number, one is taken whose trunk answers", async () => {
  const node = await addNode();
  const trunks = [await addTrunk(), await addTrunk()];
  await keepTrunks(database.db, node);
  for (const [index, trunk] of trunks.entries()) {
    await database.db
      .insertInto("numbers")
      .values({
        id: newId(),
        organization_id: organizationId,
        phone_number: `+3185000000${index}`,
        transfer_trunk_id: trunk,
      })
      .execute();
  }
  const chosen = async () => (await findNumberWithTrunk(database.db, organizationId, undefined))?.trunk?.id;
  expect(await chosen()).toBe(trunks[0]);
  const down = { ...UNKNOWN, state: "down" as const, since: new Date() };
  await saveReachability(database.db, node, trunks[0]!, down);
  expect(await chosen()).toBe(trunks[1]);
  await saveReachability(database.db, node, trunks[1]!, down);
  expect(await chosen()).toBe(trunks[0]);
});

test("the directory sees a new trunk within seconds, and keeps what a name meant while names are away", async () => {
  const clock = createManualClock();
  let resolve: (host: string) => Promise<string[]> = async () => ["192.0.2.1"];
  const directory = createTrunkDirectory({
    ports: {
      version: () => trunksVersion(database.db),
      list: async () => (await listActiveTrunks(database.db)).map((trunk) => ({ ...trunk, password: null })),
      keep: async () => [],
      onKept: () => undefined,
      resolve: (host) => resolve(host),
    },
    clock,
    logger: createLogger({ level: "silent" }),
  });
  await directory.load();
  directory.start();
  expect(directory.inbound.at("192.0.2.1", 5_060)).toEqual([]);
  const id = await addTrunk({ inbound_addresses: ["198.51.100.0/24"] });
  clock.advance(2_000);
  await expect.poll(() => directory.inbound.at("192.0.2.1", 5_060).map((trunk) => trunk.id)).toEqual([id]);
  expect(directory.inbound.at("198.51.100.9", 5_060)).toHaveLength(1);

  resolve = () => Promise.reject(new Error("the name server is away"));
  for (let time = 0; time < 31; time++) {
    clock.advance(2_000);
    await new Promise((done) => setImmediate(done));
  }
  expect(directory.inbound.at("192.0.2.1", 5_060)).toHaveLength(1);
  await database.db.deleteFrom("sip_trunks").where("id", "=", id).execute();
  await expect
    .poll(() => {
      clock.advance(2_000);
      return directory.inbound.at("192.0.2.1", 5_060);
    })
    .toEqual([]);
  await directory.stop();
});
