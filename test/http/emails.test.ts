import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertCall } from "../../src/calls/call-store.ts";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, TRANSPORTS, type TwoOrganizations } from "../harness/two-organizations.ts";

describe.each(TRANSPORTS)("over %s", (transport) => {
  let two: TwoOrganizations;
  beforeAll(async () => {
    two = await startTwoOrganizations(transport);
  });
  afterAll(() => two.close());

  async function addEmail(organizationId: string, more: object = {}): Promise<string> {
    const { db } = two.database;
    const callId = newId();
    await insertCall(db, {
      id: callId,
      organizationId,
      nodeId: newId(),
      direction: "inbound",
      carrierCallId: "c",
      callerNumber: null,
      calledNumber: "+31850835037",
      numberId: null,
      numberName: null,
      assistantId: null,
    });
    const id = newId();
    const email = {
      id,
      organization_id: organizationId,
      call_id: callId,
      recipients: ["a@x.nl"],
      message_id: `<${id}@x>`,
    };
    await db
      .insertInto("emails")
      .values({ ...email, state: "pending", report: "{}", ...more })
      .execute();
    return callId;
  }

  test("shows what became of each, and nothing of what it said", async () => {
    const failed = await addEmail(two.mine.id, {
      state: "failed",
      last_error: "550 no such mailbox",
      transport: "smtp",
    });
    const pending = await addEmail(two.mine.id);
    await addEmail(two.theirs.id);
    const { status, body } = await two.mine.call("GET", "/emails");
    expect({ status, pagination: body.pagination }).toEqual({
      status: 200,
      pagination: { total: 2, limit: 100, offset: 0 },
    });
    expect(body.emails.map(({ call_id }: { call_id: string }) => call_id)).toEqual([pending, failed]);
    expect(body.emails[0]).toEqual({
      id: expect.any(String),
      call_id: pending,
      recipients: ["a@x.nl"],
      delivered_to: [],
      message_id: expect.stringContaining("@x>"),
      state: "pending",
      attempt_count: 0,
      last_error: null,
      transport: null,
      next_attempt_at: expect.stringMatching(/Z$/),
      created_at: expect.stringMatching(/Z$/),
      finished_at: null,
    });
    expect(body.emails[1]).toMatchObject({
      state: "failed",
      last_error: "550 no such mailbox",
      next_attempt_at: null,
    });
  });

  test("of one call; of a foreign call there are none", async () => {
    const mine = await addEmail(two.mine.id);
    const theirs = await addEmail(two.theirs.id);
    expect((await two.mine.call("GET", `/emails?call_id=${mine}`)).body).toMatchObject({
      emails: [{ call_id: mine }],
      pagination: { total: 1 },
    });
    expect((await two.mine.call("GET", `/emails?call_id=${theirs}`)).body.emails).toEqual([]);
    expect(await two.mine.call("GET", "/emails?call_id=x")).toMatchObject({
      status: 400,
      body: { details: [expect.stringContaining("call_id")] },
    });
  });
});
