import { afterAll, beforeAll, expect, test } from "vitest";
import { findCall } from "../../src/calls/call-store.ts";
import { createCallTransitions } from "../../src/calls/call-transitions.ts";
import { createCallWebhooks, createRecordCallEvent } from "../../src/calls/call-webhooks.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { MESSAGES } from "../../src/openapi/webhook-events.ts";
import { recordEvent } from "../../src/webhooks/outbox-store.ts";
import { createOrganization } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { endedCall } from "../harness/reported-call.ts";

let database: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  organizationId = await createOrganization(database.db, createSecretBox(Buffer.alloc(32, 3)), "fl_gdpr");
});
afterAll(() => database.close());

async function report(configuration: Record<string, unknown>, analysis: Record<string, unknown>) {
  const { db } = database;
  const transitions = createCallTransitions({
    db,
    recordEvent: createRecordCallEvent({
      webhooks: createCallWebhooks({
        getAccountWebhook: async () => ({ url: null, secrets: [], events: null, fallbackUrl: null }),
        getAssistantSecrets: async () => [],
      }),
      recordEvent,
      now: () => new Date(),
    }),
    takeMinutes: async () => undefined,
    wakeDelivery: () => undefined,
  });
  const id = await endedCall(db, transitions, { organizationId, nodeId: newId(), configuration });
  await transitions.report(id, { summary: "Ada asked when we close.", analysis });
  const { body } = await db
    .selectFrom("webhook_events")
    .select("body")
    .where("call_id", "=", id)
    .where("type", "=", "end-of-call-report")
    .executeTakeFirstOrThrow();
  const { message } = JSON.parse(body.toString()) as { message: Record<string, unknown> };
  expect(MESSAGES["end-of-call-report"].safeParse(message).error).toBeUndefined();
  return { call: await findCall(db, id), message };
}

test("whoever writes it, the content of a call in GDPR mode does not reach the database", async () => {
  const { call, message } = await report({ name: "Desk", gdpr_mode: true }, { topic: "closing time" });
  expect(call).toMatchObject({ messages: [], summary: null, analysisResult: null });
  expect(message).toMatchObject({ gdpr_mode: true, messages: [], summary: "" });
  expect(JSON.stringify(message)).not.toMatch(/close|closing/);
});

test.each([{ name: "Desk" }, { name: "Desk", gdpr_mode: false }])("%j keeps it", async (configuration) => {
  const { call, message } = await report(configuration, { topic: "closing time" });
  expect(call).toMatchObject({
    summary: "Ada asked when we close.",
    analysisResult: { topic: "closing time" },
  });
  expect(call!.messages).toHaveLength(2);
  expect(message).toMatchObject({
    summary: "Ada asked when we close.",
    messages: call!.messages,
    analysis: { topic: "closing time" },
  });
  expect(message).not.toHaveProperty("gdpr_mode");
});
