import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
let agentId: string;
let create: Record<string, unknown>;
beforeAll(async () => {
  two = await startTwoOrganizations("socket");
});
afterAll(() => two.close());
beforeEach(async () => {
  agentId = (await two.mine.call("POST", "/assistants", { name: "Caller" })).body.assistant.id;
  create = {
    name: "Spring",
    agent_id: agentId,
    schedule_start_time: "09:00:00",
    schedule_end_time: "17:30:00",
    timezone: "Europe/Amsterdam",
  };
});

const newCampaign = async (fields: object = {}) =>
  (await two.mine.call("POST", "/campaigns", { ...create, ...fields })).body.campaign;
const setStatus = (id: string, status: string) =>
  two.database.db.updateTable("campaigns").set({ status }).where("id", "=", id).execute();
const setLead = (id: string, status: string) =>
  two.database.db.updateTable("campaign_leads").set({ status }).where("id", "=", id).execute();

describe("campaigns", () => {
  test("begin as drafts, and count their leads", async () => {
    const { status, body } = await two.mine.call("POST", "/campaigns", {
      ...create,
      schedule_start_time: "09:00",
      system_message_template: "You call {{name}}.",
      leads: [{ phone_number: "+31612345678", variables: { name: "Ada" } }, { phone_number: "+31612345679" }],
    });
    expect(status).toBe(201);
    expect(body.campaign).toEqual({
      id: expect.any(String),
      ...create,
      status: "draft",
      system_message_template: "You call {{name}}.",
      total_leads: 2,
      completed_leads: 0,
      failed_leads: 0,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    const { id } = body.campaign;
    expect((await two.mine.call("GET", `/campaigns/${id}`)).body).toEqual(body);
    expect((await two.mine.call("GET", "/campaigns")).body.campaigns).toContainEqual(body.campaign);
    expect((await two.theirs.call("GET", "/campaigns")).body).toEqual({ campaigns: [] });
  });

  test("assistant_id is another word for agent_id", async () => {
    const { agent_id: _agent, ...rest } = create;
    const { body } = await two.mine.call("POST", "/campaigns", { ...rest, assistant_id: agentId });
    expect(body.campaign.agent_id).toBe(agentId);
    expect((await two.mine.call("POST", "/campaigns", rest)).body.details).toEqual(["agent_id: is required"]);
  });

  test.each<[object, string]>([
    [{ name: undefined }, "name: is required"],
    [{ schedule_start_time: undefined }, "schedule_start_time: is required"],
    [{ schedule_end_time: undefined }, "schedule_end_time: is required"],
    [{ timezone: undefined }, "timezone: is required"],
    [{ timezone: "Europe/Atlantis" }, "timezone: must be the name of a time zone"],
    [{ schedule_start_time: "24:00:00" }, "schedule_start_time: must be a time of day"],
    [{ agent_id: "x" }, "agent_id: there is no assistant with this id"],
    [{ agent_id: newId() }, "agent_id: there is no assistant with this id"],
    [{ leads: [{ phone_number: "112" }] }, "leads[0].phone_number: must be in E.164"],
    [
      { leads: [{ phone_number: "+31612345678", variables: { name: 5 } }] },
      "leads[0].variables.name: must be a text, got 5",
    ],
  ])("%j is refused", async (fields, problem) => {
    const { status, body } = await two.mine.call("POST", "/campaigns", { ...create, ...fields });
    expect({ status, details: body.details }).toEqual({
      status: 400,
      details: [expect.stringContaining(problem)],
    });
  });

  test("are changed in parts; completed is the platform's word, and the last", async () => {
    const { id } = await newCampaign({ system_message_template: "x" });
    const patch = (changes: object) => two.mine.call("PATCH", `/campaigns/${id}`, changes);
    expect((await patch({ status: "scheduled" })).body.campaign).toMatchObject({
      ...create,
      status: "scheduled",
    });
    expect((await patch({ system_message_template: null, timezone: "UTC" })).body.campaign).toMatchObject({
      status: "scheduled",
      system_message_template: null,
      timezone: "UTC",
    });
    expect((await patch({ status: "completed" })).body.details).toEqual([
      'status: must be one of draft, scheduled, paused, cancelled, got "completed"',
    ]);
    await setStatus(id, "completed");
    for (const answer of [
      await patch({ name: "Again" }),
      await two.mine.call("POST", `/campaigns/${id}/leads`, { phone_number: "+31612345678" }),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: "campaign_completed" } });
    }
  });

  test("one whose assistant was deleted rests", async () => {
    const { id } = await newCampaign();
    await two.mine.call("DELETE", `/assistants/${agentId}`);
    expect((await two.mine.call("GET", `/campaigns/${id}`)).body.campaign.agent_id).toBeNull();
    expect((await two.mine.call("PATCH", `/campaigns/${id}`, { status: "scheduled" })).body.details).toEqual([
      "status: cannot be scheduled, because the campaign's assistant was deleted",
    ]);
  });

  test("others' are not there", async () => {
    const { id } = await newCampaign();
    const { lead } = (await two.mine.call("POST", `/campaigns/${id}/leads`, { phone_number: "+31612345678" }))
      .body;
    for (const [method, path, body] of [
      ["GET", `/campaigns/${id}`, undefined],
      ["PATCH", `/campaigns/${id}`, { name: "x" }],
      ["DELETE", `/campaigns/${id}`, undefined],
      ["GET", `/campaigns/${id}/leads`, undefined],
      ["POST", `/campaigns/${id}/leads`, { phone_number: "+31612345678" }],
      ["DELETE", `/campaigns/${id}/leads/${lead.id}`, undefined],
    ] as const) {
      expect((await two.theirs.call(method, path, body)).body).toMatchObject({ error: "Campaign not found" });
    }
    expect((await two.mine.call("GET", `/campaigns/${id}/leads`)).body.leads).toHaveLength(1);
  });
});

describe("leads", () => {
  test("come oldest first, hundreds of them in their order", async () => {
    const leads = Array.from({ length: 300 }, (_, index) => ({ phone_number: `+3161234${5000 + index}` }));
    const { id, total_leads } = await newCampaign({ leads });
    expect(total_leads).toBe(300);
    const { lead } = (
      await two.mine.call("POST", `/campaigns/${id}/leads`, {
        phone_number: "+31699999999",
        variables: { name: "Last" },
      })
    ).body;
    expect(lead).toEqual({
      id: expect.any(String),
      campaign_id: id,
      phone_number: "+31699999999",
      variables: { name: "Last" },
      status: "pending",
      call_id: null,
      attempts: 0,
      last_attempt_at: null,
      created_at: expect.any(String),
    });
    const listed = (await two.mine.call("GET", `/campaigns/${id}/leads`)).body.leads;
    expect(listed.map((each: { phone_number: string }) => each.phone_number)).toEqual([
      ...leads.map(({ phone_number }) => phone_number),
      "+31699999999",
    ]);
  });

  test("one that is being called cannot be removed, nor its campaign", async () => {
    const { id } = await newCampaign({ leads: [{ phone_number: "+31612345678" }] });
    const [lead] = (await two.mine.call("GET", `/campaigns/${id}/leads`)).body.leads;
    const path = `/campaigns/${id}/leads/${lead.id}`;
    await setLead(lead.id, "calling");
    expect(await two.mine.call("DELETE", path)).toMatchObject({
      status: 409,
      body: { code: "lead_in_call" },
    });
    expect(await two.mine.call("DELETE", `/campaigns/${id}`)).toMatchObject({
      status: 409,
      body: { code: "lead_in_call" },
    });
    await setLead(lead.id, "failed");
    expect((await two.mine.call("GET", `/campaigns/${id}`)).body.campaign).toMatchObject({
      total_leads: 1,
      failed_leads: 1,
    });
    expect((await two.mine.call("DELETE", path)).body).toEqual({ success: true });
    for (const gone of [path, `/campaigns/${id}/leads/x`]) {
      expect(await two.mine.call("DELETE", gone)).toMatchObject({
        status: 404,
        body: { error: "Lead not found" },
      });
    }
    expect((await two.mine.call("DELETE", `/campaigns/${id}`)).body).toEqual({ success: true });
  });
});
