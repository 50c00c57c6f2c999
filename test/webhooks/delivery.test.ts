import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { createDelivery, type Delivery, type DeliveryOptions } from "../../src/webhooks/delivery-loop.ts";
import {
  claimDeliveries,
  finishDeliveries,
  type ClaimedDelivery,
} from "../../src/webhooks/delivery-store.ts";
import { createDialer, type Dialer } from "../../src/webhooks/dialer.ts";
import { encodeEvent } from "../../src/webhooks/event.ts";
import type { EventDraft } from "../../src/webhooks/event-draft.ts";
import { recordEvent } from "../../src/webhooks/outbox-store.ts";
import { ensurePartitions } from "../../src/webhooks/partitions.ts";
import { createReceivers } from "../../src/webhooks/receivers.ts";
import { verifySignature } from "../../src/webhooks/signature.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { createReceiver, type Receiver } from "../harness/receiver.ts";

const SECRET = "the account's secret";
const secretBox = createSecretBox(Buffer.alloc(32, 2));
let database: TestDatabase;
let dialer: Dialer;
let receiver: Receiver;
let organizationId: string;
const loops: Delivery[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await ensurePartitions(database.db, new Date());
  dialer = createDialer({ allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }] });
});
afterAll(async () => {
  await dialer.close();
  await database.close();
});
beforeEach(async () => {
  receiver = await createReceiver();
  organizationId = newId();
  await database.db
    .insertInto("organizations")
    .values({ id: organizationId, name: "Test", webhook_secret: secretBox.seal(SECRET) })
    .execute();
});
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop(100)));
  await receiver.close();
  await database.pool.query("delete from webhook_deliveries");
});

async function newCall(): Promise<string> {
  const id = newId();
  await database.db
    .insertInto("calls")
    .values({
      id,
      organization_id: organizationId,
      node_id: randomUUID(),
      direction: "inbound",
      status: "ended",
    })
    .execute();
  return id;
}

function draft(callId: string, endpoint: EventDraft["endpoint"]): EventDraft {
  const createdAt = new Date();
  return {
    organizationId,
    callId,
    type: "status-update",
    endpoint,
    createdAt,
    encode: (sequence) =>
      encodeEvent(
        {
          call: { id: callId, type: "inbound_phone_call", status: "ended" },
          phoneNumber: { id: null, number: "+31850835037", name: null },
          customerNumber: null,
        },
        { type: "status-update", assistant: undefined, sequence, error: undefined, endReason: undefined },
        createdAt,
      ),
  };
}

async function record(callId: string, url = receiver.url): Promise<string> {
  const endpoint = { level: "account" as const, owner: "", url, secret: null };
  const { eventId } = await database.db
    .transaction()
    .execute((tx) => recordEvent(tx, draft(callId, endpoint)));
  return eventId;
}

async function newNode(): Promise<string> {
  const id = newId();
  await database.db.insertInto("nodes").values({ id, installation_id: randomUUID() }).execute();
  return id;
}

async function startLoop(more: Partial<DeliveryOptions> = {}): Promise<Delivery> {
  const common = {
    db: database.db,
    clock: systemClock,
    random: () => 0,
    logger: createLogger({ level: "silent" }),
  };
  const loop = createDelivery({
    ...common,
    dispatcher: dialer.notifications,
    receivers: createReceivers(common),
    secretBox,
    newId,
    nodeId: await newNode(),
    ...more,
  });
  loops.push(loop);
  loop.start();
  return loop;
}

async function states(): Promise<string[]> {
  const rows = await database.db
    .selectFrom("webhook_deliveries")
    .select("state")
    .orderBy("sequence")
    .execute();
  return rows.map((row) => row.state);
}

test("delivers, records the attempt, and the conservation of deliveries holds", async () => {
  const eventId = await record(await newCall());
  const loop = await startLoop();
  await receiver.waitFor(1);
  await loop.drain(5_000);
  const attempts = await database.db
    .selectFrom("webhook_attempts")
    .selectAll()
    .where("event_id", "=", eventId)
    .execute();
  expect(attempts).toMatchObject([{ number: 1, outcome: "delivered", status_code: 200 }]);
  expect(await states()).toEqual(["delivered"]);
});

test("repeats with the same id and the same bytes, signed anew", async () => {
  receiver.behave = () => ({ answer: {}, status: receiver.requests.length === 1 ? 500 : 200 });
  const eventId = await record(await newCall());
  const loop = await startLoop();
  const [first, second] = await receiver.waitFor(2);
  await loop.drain(5_000);
  expect(second!.headers["x-webhook-id"]).toBe(eventId);
  expect(first!.headers["x-webhook-id"]).toBe(eventId);
  expect(second!.body.equals(first!.body)).toBe(true);
  for (const { headers, body, atMs } of [first!, second!]) {
    const receivedAtSeconds = (Date.now() - (performance.now() - atMs)) / 1_000;
    expect(Math.abs(Number(headers["x-webhook-timestamp"]) - receivedAtSeconds)).toBeLessThan(2);
    const signed = { secret: SECRET, timestamp: String(headers["x-webhook-timestamp"]), body };
    const signature = String(headers["x-webhook-signature"]);
    expect(verifySignature({ ...signed, signature, nowSeconds: receivedAtSeconds })).toBe("genuine");
  }
});

test("keeps the order of a call while its first event fails, and lets other calls pass", async () => {
  const [stuck, other] = [await newCall(), await newCall()];
  let failures = 2;
  receiver.behave = ({ message }) => {
    const isStuck = (message["call"] as { id: string }).id === stuck;
    return { answer: {}, status: isStuck && message["sequence"] === 1 && failures-- > 0 ? 503 : 200 };
  };
  for (let n = 0; n < 3; n++) await record(stuck);
  await record(other);
  await startLoop();
  await receiver.waitFor(6);
  const order = receiver.requests
    .filter(({ message }) => (message["call"] as { id: string }).id === stuck)
    .map(({ message }) => message["sequence"]);
  expect(order).toEqual([1, 1, 1, 2, 3]);
  const otherAt = receiver.requests.findIndex(
    ({ message }) => (message["call"] as { id: string }).id === other,
  );
  expect(otherAt).toBeLessThan(3);
});

test("delivers after a restart what was accepted before it", async () => {
  const callId = await newCall();
  receiver.behave = () => "stall-before-headers";
  const first = await startLoop();
  const eventId = await record(callId);
  await receiver.waitFor(1);
  await record(callId);
  await first.stop(0);
  expect(await states()).toEqual(["pending", "waiting"]);
  receiver.behave = () => ({ answer: {} });
  await startLoop();
  const requests = await receiver.waitFor(3);
  expect(requests.map(({ message }) => message["sequence"])).toEqual([1, 1, 2]);
  expect(requests[1]!.headers["x-webhook-id"]).toBe(eventId);
});

async function claimAll(nodeId: string): Promise<ClaimedDelivery[]> {
  const { rows } = await database.pool.query<{ endpoint_id: string }>(
    "select distinct endpoint_id from webhook_deliveries where state = 'pending'",
  );
  const shares = new Map(rows.map((row) => [row.endpoint_id, 10]));
  return claimDeliveries(database.db, { claimId: newId(), nodeId, shares });
}

test("takes over from a node that died, and fences it off", async () => {
  await record(await newCall());
  const dead = await newNode();
  const [claimed] = await claimAll(dead);
  await database.pool.query("update nodes set heartbeat_at = now() - interval '9 s' where id = $1", [dead]);
  const loop = await startLoop();
  await receiver.waitFor(1);
  await loop.drain(5_000);
  const late = { id: claimed!.id, claimId: claimed!.claimId, attemptCount: 9 };
  await finishDeliveries(database.db, [{ ...late, state: "exhausted", reason: "late" }]);
  expect(await states()).toEqual(["delivered"]);
});

test("leaves alone what a living node holds", async () => {
  await record(await newCall());
  await claimAll(await newNode());
  const loop = await startLoop();
  await loop.drain(300);
  expect(receiver.requests).toEqual([]);
  expect(await states()).toEqual(["in-flight"]);
});

test("does not let one slow endpoint take all places", async () => {
  const slow = await createReceiver();
  slow.behave = () => "stall-before-headers";
  for (let n = 0; n < 80; n++) await record(await newCall(), slow.url);
  await record(await newCall());
  await startLoop();
  await receiver.waitFor(1);
  expect(slow.requests.length).toBeLessThanOrEqual(8);
  await Promise.all(loops.splice(0).map((loop) => loop.stop(0)));
  await slow.close();
});

test("an event and its delivery exist only if their transaction commits", async () => {
  const callId = await newCall();
  const endpoint = { level: "account" as const, owner: "", url: receiver.url, secret: null };
  const rolledBack = database.db.transaction().execute(async (tx) => {
    await recordEvent(tx, draft(callId, endpoint));
    throw new Error("the change failed");
  });
  await expect(rolledBack).rejects.toThrow("the change failed");
  const { rows } = await database.pool.query("select 1 from webhook_events where call_id = $1", [callId]);
  expect(rows).toEqual([]);
  expect(await states()).toEqual([]);
});

test.each(["no-endpoint", "filtered"] as const)(
  "records an event that goes nowhere, with its reason: %s",
  async (skipped) => {
    const callId = await newCall();
    await database.db.transaction().execute((tx) => recordEvent(tx, draft(callId, { skipped })));
    const { rows } = await database.pool.query(
      "select routing, sequence from webhook_events where call_id = $1",
      [callId],
    );
    expect(rows).toEqual([{ routing: skipped, sequence: 1 }]);
    expect(await states()).toEqual([]);
  },
);

test("410 ends it: the delivery, what was pending, and what comes later", async () => {
  receiver.behave = () => ({ answer: {}, status: 410 });
  const callId = await newCall();
  await record(callId);
  await record(callId);
  const loop = await startLoop();
  await receiver.waitFor(1);
  await vi.waitFor(async () => expect(await states()).toEqual(["cancelled", "cancelled"]));
  const { rows: endpoints } = await database.pool.query(
    "select disabled_reason from webhook_endpoints where organization_id = $1",
    [organizationId],
  );
  expect(endpoints).toEqual([{ disabled_reason: "the receiver answered 410 Gone" }]);
  const later = await record(callId);
  const { rows: events } = await database.pool.query("select routing from webhook_events where id = $1", [
    later,
  ]);
  expect(events).toEqual([{ routing: "disabled" }]);
  const { rows: notices } = await database.pool.query(
    "select type from operational_events where organization_id = $1",
    [organizationId],
  );
  expect(notices).toEqual([{ type: "webhook-endpoint-disabled" }]);
  await loop.drain(1_000);
  expect(receiver.requests).toHaveLength(1);
});

test("a dead receiver is left in peace, its breaker outlives the process, and it is found alive again", async () => {
  receiver.behave = () => ({ answer: {}, status: 500 });
  for (let n = 0; n < 12; n++) await record(await newCall());
  const loop = await startLoop();
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query(
      "select breaker from webhook_endpoints where organization_id = $1",
      [organizationId],
    );
    expect(rows).toEqual([{ breaker: "open" }]);
  });
  const tried = receiver.requests.length;
  expect(tried).toBeLessThan(12);
  await loop.stop(100);
  receiver.behave = () => ({ answer: {} });
  const next = await startLoop();
  await next.drain(300);
  expect(receiver.requests).toHaveLength(tried);
  await database.pool.query("update webhook_endpoints set breaker_until = now() where organization_id = $1", [
    organizationId,
  ]);
  await next.stop(100);
  await startLoop();
  await vi.waitFor(async () => expect(new Set(await states())).toEqual(new Set(["delivered"])), 8_000);
});

test("a new process lets go what a crash left waiting for nothing", async () => {
  const callId = await newCall();
  await record(callId);
  await record(callId);
  await database.pool.query(
    "update webhook_deliveries set state = 'delivered' where sequence = 1 and call_id = $1",
    [callId],
  );
  await startLoop();
  const [request] = await receiver.waitFor(1);
  expect(request!.message["sequence"]).toBe(2);
});
