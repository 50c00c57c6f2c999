import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createCampaignLook,
  type CampaignCall,
  type PlaceCampaignCall,
} from "../../src/campaigns/campaign-loop.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { createManualClock, type ManualClock } from "../harness/manual-clock.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
let clock: ManualClock;
let placed: (CampaignCall & { callId: string })[];
let answer: Awaited<ReturnType<PlaceCampaignCall>> | undefined;
let look: () => Promise<void>;

beforeAll(async () => {
  two = await startTwoOrganizations("memory");
});
afterAll(() => two.close());
beforeEach(async () => {
  await two.database.db.deleteFrom("campaigns").execute();
  // A Thursday at ten in Amsterdam.
  clock = createManualClock(new Date("2026-01-15T09:00:00Z"));
  placed = [];
  answer = undefined;
  look = createLook();
});

const createLook = () =>
  createCampaignLook({
    db: two.database.db,
    clock,
    logger: createLogger({ level: "silent" }),
    async placeCall(call) {
      if (answer) return answer;
      const callId = newId();
      await two.database.db
        .insertInto("calls")
        .values({
          id: callId,
          organization_id: call.organizationId,
          node_id: newId(),
          direction: "outbound",
          status: "connecting",
        })
        .execute();
      placed.push({ ...call, callId });
      return { outcome: "placed", callId };
    },
  });

async function createCampaign(leads: number, fields: object = {}): Promise<string> {
  const { assistant } = (await two.mine.call("POST", "/assistants", { name: "Caller" })).body;
  const { body } = await two.mine.call("POST", "/campaigns", {
    name: "Spring",
    agent_id: assistant.id,
    schedule_start_time: "09:00",
    schedule_end_time: "17:00",
    timezone: "Europe/Amsterdam",
    system_message_template: "You call {{name}}.",
    leads: Array.from({ length: leads }, (_, index) => ({
      phone_number: `+3161234567${index}`,
      variables: { name: `Ada ${index}` },
    })),
    ...fields,
  });
  await two.mine.call("PATCH", `/campaigns/${body.campaign.id}`, { status: "scheduled" });
  return body.campaign.id;
}
const campaign = async (id: string) => (await two.mine.call("GET", `/campaigns/${id}`)).body.campaign;
const leads = async (id: string) => (await two.mine.call("GET", `/campaigns/${id}/leads`)).body.leads;
const end = (callId: string, isAnswered: boolean) =>
  two.database.db
    .updateTable("calls")
    .set({ status: "ended", ended_at: new Date(), started_at: isAnswered ? new Date() : null })
    .where("id", "=", callId)
    .execute();

test("calls one lead after the other, and is completed when all were called", async () => {
  const id = await createCampaign(3);
  for (let round = 0; round < 3; round++) await look();
  expect(placed.map(({ destination, systemMessage }) => [destination, systemMessage])).toEqual([
    ["+31612345670", "You call Ada 0."],
    ["+31612345671", "You call Ada 1."],
    ["+31612345672", "You call Ada 2."],
  ]);
  expect((await leads(id))[0]).toMatchObject({ status: "calling", attempts: 1, call_id: placed[0]!.callId });
  await end(placed[0]!.callId, true);
  await end(placed[1]!.callId, false);
  await look();
  expect(await campaign(id)).toMatchObject({ status: "scheduled", completed_leads: 1, failed_leads: 1 });
  await end(placed[2]!.callId, true);
  await look();
  expect(await campaign(id)).toMatchObject({ status: "completed", completed_leads: 2, failed_leads: 1 });
  await look();
  expect(placed).toHaveLength(3);
});

test("not outside of its hours, nor while it is paused", async () => {
  const id = await createCampaign(2, { schedule_start_time: "11:00" });
  await look();
  expect(placed).toEqual([]);
  clock.advance(3_600_000);
  await look();
  expect(placed).toHaveLength(1);
  await two.mine.call("PATCH", `/campaigns/${id}`, { status: "paused" });
  await look();
  expect(placed).toHaveLength(1);
});

test("no more than five at once, also by two processes", async () => {
  await createCampaign(9);
  const other = createLook();
  for (let round = 0; round < 6; round++) await Promise.all([look(), other()]);
  expect(placed).toHaveLength(5);
  expect(new Set(placed.map(({ destination }) => destination)).size).toBe(5);
});

test("what cannot be called waits, and the campaign rests for a minute", async () => {
  answer = { outcome: "refused", reason: "no minutes are left" };
  const id = await createCampaign(1);
  await look();
  expect(await leads(id)).toMatchObject([{ status: "pending", attempts: 0 }]);
  answer = undefined;
  await look();
  expect(placed).toEqual([]);
  clock.advance(60_000);
  await look();
  expect(placed).toHaveLength(1);
});

test("a lead of a process that died before it called waits again", async () => {
  const id = await createCampaign(1);
  const [lead] = await leads(id);
  await two.database.db
    .updateTable("campaign_leads")
    .set({ status: "calling", attempts: 1, last_attempt_at: new Date(Date.now() - 180_000) })
    .where("id", "=", lead.id)
    .execute();
  await look();
  expect(placed).toHaveLength(1);
});
