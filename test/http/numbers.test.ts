import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { findNumberForCall, insertNumber, updateNumber } from "../../src/numbers/number-store.ts";
import { startTwoOrganizations, TRANSPORTS, type TwoOrganizations } from "../harness/two-organizations.ts";

describe.each(TRANSPORTS)("over %s", (transport) => {
  let two: TwoOrganizations;
  let assistantId: string;
  beforeAll(async () => {
    two = await startTwoOrganizations(transport);
    const assistant = await call("POST", "/assistants", { name: "Desk", business_name: "Acme" });
    assistantId = assistant.body.assistant.id;
  });
  afterAll(() => two.close());
  const call = (...request: [method: string, path: string, body?: unknown]) => two.mine.call(...request);
  let last = 31_850_835_000;
  const nextNumber = () => `+${++last}`;
  const create = async (body: object = {}) =>
    (await call("POST", "/numbers", { phone_number: nextNumber(), ...body })).body.number;

  test("a number needs nothing but itself, and has every documented field (facts 2.4)", async () => {
    const phone_number = nextNumber();
    const { status, body } = await call("POST", "/numbers", { phone_number });
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        number: {
          id: expect.any(String),
          phone_number,
          name: null,
          agent_id: null,
          agent_name: null,
          business_name: null,
          transfer_trunk_id: null,
          transfer_trunk_name: null,
          workflow_id: null,
          workflow_name: null,
          source: "sip",
          is_active: true,
          created_at: expect.stringMatching(/Z$/),
          updated_at: expect.stringMatching(/Z$/),
        },
      },
    });
    expect((await call("GET", `/numbers/${body.number.id}`)).body).toEqual(body);
    expect((await call("GET", "/numbers")).body.numbers[0]).toEqual(body.number);
  });

  test.each(["agent_id", "assistant_id"])("takes its assistant as %s and returns agent_id", async (field) => {
    const number = await create({ [field]: assistantId });
    expect(number).toMatchObject({ agent_id: assistantId, agent_name: "Desk", business_name: "Acme" });
    expect(number).not.toHaveProperty("assistant_id");
  });

  describe("patch", () => {
    const changes = [
      { name: "Front" },
      { is_active: false },
      { agent_id: null },
      { transfer_trunk_id: null },
      {},
    ];
    test.each(changes)("%j changes nothing else", async (change) => {
      const before = await create({ name: "Demo", agent_id: assistantId });
      const after = (await call("PATCH", `/numbers/${before.id}`, change)).body.number;
      const unlinked = "agent_id" in change ? { agent_name: null, business_name: null } : {};
      expect({ ...after, updated_at: null }).toEqual({ ...before, ...change, ...unlinked, updated_at: null });
    });

    test("an empty text unlinks as null does", async () => {
      const { id } = await create({ agent_id: assistantId });
      expect((await call("PATCH", `/numbers/${id}`, { agent_id: "" })).body.number.agent_id).toBeNull();
    });

    test("what was read can be sent back; another number cannot", async () => {
      const before = await create({ agent_id: assistantId });
      expect((await call("PATCH", `/numbers/${before.id}`, before)).status).toBe(200);
      const { status, body } = await call("PATCH", `/numbers/${before.id}`, { phone_number: nextNumber() });
      expect({ status, details: body.details }).toEqual({
        status: 400,
        details: [expect.stringContaining("phone_number: cannot be changed")],
      });
    });

    test("a refusal changes nothing", async () => {
      const before = await create();
      const change = { name: "x", agent_id: newId() };
      expect((await call("PATCH", `/numbers/${before.id}`, change)).status).toBe(400);
      expect((await call("GET", `/numbers/${before.id}`)).body.number).toEqual(before);
    });
  });

  test("one number is registered once, whoever asks", async () => {
    const { phone_number } = await create();
    for (const { call: from } of [two.mine, two.theirs]) {
      expect(await from("POST", "/numbers", { phone_number })).toMatchObject({
        status: 409,
        body: { error: "Number already exists", message: expect.stringContaining("phone_number") },
      });
    }
  });

  test("two at once: one is written, one is told", async () => {
    const phone_number = nextNumber();
    const both = await Promise.all([1, 2].map(() => call("POST", "/numbers", { phone_number })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  test("a deleted number is gone and can be registered again", async () => {
    const { id, phone_number } = await create();
    expect(await call("DELETE", `/numbers/${id}`)).toMatchObject({ status: 200, body: { success: true } });
    expect((await call("GET", `/numbers/${id}`)).status).toBe(404);
    expect((await call("DELETE", `/numbers/${id}`)).status).toBe(404);
    expect((await call("POST", "/numbers", { phone_number })).status).toBe(201);
  });

  test("a deleted assistant leaves its numbers unlinked", async () => {
    const { id: gone } = (await call("POST", "/assistants", { name: "Gone" })).body.assistant;
    const { id } = await create({ agent_id: gone });
    await call("DELETE", `/assistants/${gone}`);
    expect((await call("GET", `/numbers/${id}`)).body.number).toMatchObject({
      agent_id: null,
      agent_name: null,
    });
  });

  test("an assistant that is deleted between look-up and write is an outcome, not a failure", async () => {
    const { db } = two.database;
    const gone = newId();
    const number = { phoneNumber: nextNumber(), name: null, assistantId: gone, isActive: true };
    expect(await insertNumber(db, two.mine.id, number)).toEqual({ outcome: "link-gone" });
    const { id } = await create();
    expect(await updateNumber(db, two.mine.id, id, { assistantId: gone })).toEqual({
      outcome: "link-gone",
    });
    expect(await updateNumber(db, two.theirs.id, id, { name: "x" })).toEqual({ outcome: "not-found" });
  });

  test("nobody sees, touches or links another organization's", async () => {
    const { id } = await create();
    const other = two.theirs.call;
    expect((await other("GET", `/numbers/${id}`)).status).toBe(404);
    expect((await other("PATCH", `/numbers/${id}`, { name: "x" })).status).toBe(404);
    expect((await other("DELETE", `/numbers/${id}`)).status).toBe(404);
    expect((await other("GET", "/numbers")).body).toEqual({ numbers: [] });
    expect(
      await other("POST", "/numbers", { phone_number: nextNumber(), agent_id: assistantId }),
    ).toMatchObject({
      status: 400,
      body: { details: ["agent_id: there is no assistant with this id"] },
    });
  });

  test.each([
    [{}, "phone_number: is required"],
    [{ phone_number: 31850835037 }, "phone_number: must be a text, got 31850835037"],
    [{ phone_number: "0850835037" }, "phone_number: must be in E.164"],
    [{ phone_number: "+31 850835037" }, "phone_number: must be in E.164"],
    [{ phone_number: "+31850835038", agent_id: "x" }, "agent_id: there is no assistant with this id"],
    [
      { phone_number: "+31850835038", assistant_id: newId() },
      "assistant_id: there is no assistant with this id",
    ],
    [{ phone_number: "+31850835038", agent_id: 5 }, "agent_id: must be a text, got 5"],
    [
      { phone_number: "+31850835038", workflow_id: newId() },
      "workflow_id: there is no workflow with this id",
    ],
    [{ phone_number: "+31850835038", transfer_trunk_id: "x" }, "transfer_trunk_id: there is no SIP trunk"],
    [{ phone_number: "+31850835038", is_active: "no" }, "is_active: must be true or false"],
    [{ phone_number: "+31850835038", name: "x".repeat(256) }, "name: must have at most 255 characters"],
  ])("refuses %j", async (body, problem) => {
    const response = await call("POST", "/numbers", body);
    expect(response).toMatchObject({ status: 400, body: { error: "Validation failed" } });
    expect(response.body.details.join("\n")).toContain(problem);
  });

  test("an INVITE finds a number that takes calls, of whatever organization, and no other", async () => {
    const { id, phone_number } = await create({ name: "Demo", agent_id: assistantId });
    const { db } = two.database;
    expect(await findNumberForCall(db, phone_number)).toEqual({
      id,
      phoneNumber: phone_number,
      name: "Demo",
      organizationId: two.mine.id,
      assistantId,
      workflow: null,
    });
    const definition = {
      version: 1,
      entry_node: "talk",
      nodes: [{ id: "talk", type: "conversation", instructions: "Talk." }],
    };
    const { workflow } = (await call("POST", "/workflows", { name: "Desk", definition })).body;
    await call("PATCH", `/numbers/${id}`, { workflow_id: workflow.id });
    expect(await findNumberForCall(db, phone_number)).toMatchObject({ assistantId, workflow: definition });
    // Paused: the assistant takes the calls as if there were none.
    await call("PATCH", `/workflows/${workflow.id}`, { is_active: false });
    expect(await findNumberForCall(db, phone_number)).toMatchObject({ assistantId, workflow: null });
    await call("PATCH", `/numbers/${id}`, { is_active: false });
    expect(await findNumberForCall(db, phone_number)).toBeUndefined();
    expect(await findNumberForCall(db, "+31000000000")).toBeUndefined();
  });
});
