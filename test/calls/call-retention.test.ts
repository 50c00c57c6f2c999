import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forgetOldCalls, type RetentionPeriods } from "../../src/calls/call-retention.ts";
import { createRecordCallEmail } from "../../src/calls/call-email.ts";
import { createCallTransitions } from "../../src/calls/call-transitions.ts";
import { createCallWebhooks, createRecordCallEvent } from "../../src/calls/call-webhooks.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { deleteEmails, forgetEmailContent, insertEmail } from "../../src/mail/email-store.ts";
import { getAccountWebhook } from "../../src/organizations/organization-store.ts";
import { listRetentionPeriods } from "../../src/organizations/retention-store.ts";
import { recordEvent } from "../../src/webhooks/outbox-store.ts";
import { forgetCallEvents } from "../../src/webhooks/retention.ts";
import { createOrganization } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { endedCall } from "../harness/reported-call.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
let database: TestDatabase;
let organizationId: string;
let otherId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const secretBox = createSecretBox(Buffer.alloc(32, 3));
  organizationId = await createOrganization(database.db, secretBox, "fl_retention");
  otherId = await createOrganization(database.db, secretBox, "fl_other");
  await database.db.updateTable("organizations").set({ webhook_url: "https://x.example/hook" }).execute();
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of [
    "webhook_attempts",
    "webhook_deliveries",
    "webhook_events",
    "emails",
    "calls",
  ] as const) {
    await database.db.deleteFrom(table).execute();
  }
});

/** A call with everything that can be kept of one: record, events with deliveries and attempts, e-mail. */
async function addCall(
  ageDays: number,
  more: { organizationId?: string; isReported?: boolean } = {},
): Promise<string> {
  const { db } = database;
  const transitions = createCallTransitions({
    db,
    recordEvent: createRecordCallEvent({
      webhooks: createCallWebhooks({
        getAccountWebhook: (id, tx) => getAccountWebhook(tx ?? db, id),
        getAssistantSecrets: async () => [],
      }),
      recordEvent,
      now: () => daysAgo(ageDays),
    }),
    takeMinutes: async () => undefined,
    wakeDelivery: () => undefined,
    email: {
      record: createRecordCallEmail({ newId, messageIdDomain: "x.example", insertEmail }),
      wake: () => undefined,
    },
  });
  const id = await endedCall(db, transitions, {
    organizationId: more.organizationId ?? organizationId,
    nodeId: newId(),
    endedAt: daysAgo(ageDays),
    configuration: {
      name: "Desk",
      business_name: "Acme",
      first_message: "Hello Ada.",
      metadata: { customer: "Ada" },
      notification_email: "desk@x.example",
      llm_config: {
        provider: "openai",
        model: "gpt-4.1",
        messages: [{ role: "system", content: "Ada is calling." }],
      },
      tts_config: null,
    },
  });
  await db
    .updateTable("calls")
    .set({ analysis_result: JSON.stringify({ caller: "Ada" }) })
    .where("id", "=", id)
    .execute();
  if (more.isReported === false) return id;
  await transitions.report(id, { summary: "Ada asked when we close." });
  for (const event of await db
    .selectFrom("webhook_events")
    .select(["id", "created_at"])
    .where("call_id", "=", id)
    .execute()) {
    await db
      .insertInto("webhook_attempts")
      .values({
        id: newId(),
        created_at: event.created_at,
        event_id: event.id,
        number: 1,
        url: "https://x.example/hook",
        outcome: "delivered",
        duration_ms: 1,
        response_body: Buffer.from("ok"),
      })
      .execute();
  }
  return id;
}

function forget(
  periods: Omit<RetentionPeriods, "organizationId">,
  more: { batch?: number; fail?: () => void } = {},
) {
  return forgetOldCalls({
    db: database.db,
    now: NOW,
    listPeriods: async () => [{ organizationId, ...periods }],
    async forgetContent(tx, callIds) {
      await forgetCallEvents(tx, callIds, "content");
      await forgetEmailContent(tx, callIds);
      more.fail?.();
    },
    async forgetMetadata(tx, callIds) {
      await forgetCallEvents(tx, callIds, "all");
      await deleteEmails(tx, callIds);
    },
    ...(more.batch !== undefined && { batch: more.batch }),
  });
}

/** Everything that the database knows of a call. */
async function knownOf(id: string) {
  const { db } = database;
  const call = await db.selectFrom("calls").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const events = await db
    .selectFrom("webhook_events")
    .selectAll()
    .where("call_id", "=", id)
    .orderBy("sequence")
    .execute();
  const attempts = await db.selectFrom("webhook_attempts").selectAll().execute();
  const deliveries = await db
    .selectFrom("webhook_deliveries")
    .selectAll()
    .where("call_id", "=", id)
    .execute();
  const emails = await db.selectFrom("emails").selectAll().where("call_id", "=", id).execute();
  const text = JSON.stringify({ call, emails, events: events.map(({ body }) => body.toString()) });
  return { call, events, deliveries, attempts, emails, text };
}

test.each([
  [29, false, false],
  [31, true, false],
  [89, true, false],
  [91, true, true],
])("a call of %i days: content cleared %s, metadata cleared %s", async (ageDays, content, metadata) => {
  const id = await addCall(ageDays);
  expect(await forget({ contentDays: 30, metadataDays: 90 })).toEqual({
    content: Number(content),
    metadata: Number(metadata),
  });
  const { call } = await knownOf(id);
  expect(call.content_cleared_at !== null).toBe(content);
  expect(call.metadata_cleared_at !== null).toBe(metadata);
  expect(await forget({ contentDays: 30, metadataDays: 90 })).toEqual({ content: 0, metadata: 0 });
});

test("after the content period nothing that was said is left, and the facts of the call stay", async () => {
  const id = await addCall(31);
  const before = await knownOf(id);
  expect(before.events.map(({ type }) => type)).toEqual([
    "status-update",
    "status-update",
    "end-of-call-report",
  ]);
  expect(before.text).toContain("When do you close?");
  await forget({ contentDays: 30, metadataDays: 365 });
  const after = await knownOf(id);
  expect(after.call).toMatchObject({
    messages: null,
    summary: null,
    analysis_result: null,
    configuration: {
      name: "Desk",
      business_name: "Acme",
      llm_config: { provider: "openai", model: "gpt-4.1" },
    },
    caller_number: "+31612345678",
    status: "ended",
    end_reason: "user_hangup",
    ended_at: before.call.ended_at,
  });
  expect(after.text).not.toMatch(/When do you close|asked when/);
  expect(JSON.stringify(after.call)).not.toContain("Ada");
  expect(after.events.map(({ type }) => type)).toEqual(["status-update", "status-update"]);
  expect(after.deliveries).toHaveLength(2);
  expect(after.attempts).toHaveLength(2);
  // It was never sent, and now it is too late.
  expect(after.emails).toMatchObject([
    { state: "failed", report: null, last_error: expect.stringContaining("retention") },
  ]);
});

test("after the metadata period nobody can tell who called", async () => {
  const id = await addCall(91);
  await forget({ contentDays: 30, metadataDays: 90 });
  const { call, events, deliveries, attempts, emails, text } = await knownOf(id);
  expect(call).toMatchObject({
    caller_number: null,
    carrier_call_id: null,
    called_number: "+31850835037",
    status: "ended",
  });
  expect({ events, deliveries, attempts, emails }).toEqual({
    events: [],
    deliveries: [],
    attempts: [],
    emails: [],
  });
  expect(text).not.toContain("+31612345678");
});

test("content does not outlive the metadata, whatever the content period says", async () => {
  const id = await addCall(91);
  expect(await forget({ contentDays: null, metadataDays: 90 })).toEqual({ content: 1, metadata: 1 });
  expect((await knownOf(id)).text).not.toContain("When do you close?");
});

describe("leaves alone", () => {
  test("calls that are not reported yet, other organizations', and all where there is no period", async () => {
    const ids = [await addCall(400, { isReported: false }), await addCall(400, { organizationId: otherId })];
    const before = await Promise.all(ids.map(knownOf));
    expect(await forget({ contentDays: 30, metadataDays: 90 })).toEqual({ content: 0, metadata: 0 });
    expect(await Promise.all(ids.map(knownOf))).toEqual(before);
    await addCall(400);
    expect(await forget({ contentDays: null, metadataDays: null })).toEqual({ content: 0, metadata: 0 });
  });
});

test("goes on until nothing is left, batch by batch; a batch that fails leaves no half of itself", async () => {
  for (let count = 0; count < 5; count++) await addCall(40 + count);
  let batches = 0;
  const fail = () => {
    batches++;
    if (batches === 2) throw new Error("killed");
  };
  await expect(forget({ contentDays: 30, metadataDays: 90 }, { batch: 2, fail })).rejects.toThrow("killed");
  const left = await database.db.selectFrom("calls").select("id").where("summary", "is not", null).execute();
  const reports = await database.db
    .selectFrom("webhook_events")
    .select("id")
    .where("type", "=", "end-of-call-report")
    .execute();
  expect([left.length, reports.length]).toEqual([3, 3]);
  expect(await forget({ contentDays: 30, metadataDays: 90 }, { batch: 2 })).toEqual({
    content: 3,
    metadata: 0,
  });
});

test("two processes at once take each call once", async () => {
  for (let count = 0; count < 12; count++) await addCall(40);
  const both = await Promise.all(
    [1, 2].map(() => forget({ contentDays: 30, metadataDays: 90 }, { batch: 3 })),
  );
  expect(both.reduce((sum, { content }) => sum + content, 0)).toBe(12);
});

test("the periods are those of the organizations that have any", async () => {
  await database.db
    .updateTable("organizations")
    .set({ content_retention_days: 30, metadata_retention_days: 90 })
    .where("id", "=", otherId)
    .execute();
  expect(await listRetentionPeriods(database.db)).toEqual([
    { organizationId: otherId, contentDays: 30, metadataDays: 90 },
  ]);
});
