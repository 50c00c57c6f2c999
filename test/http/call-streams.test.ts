import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { saveActivity } from "../../src/calls/call-activity-store.ts";
import { activityOf } from "../../src/calls/call-activity.ts";
import type { TimelineDetail } from "../../src/calls/call-timeline.ts";
import { systemClock } from "../../src/clock.ts";
import { newId } from "../../src/ids.ts";
import { callActivityEventShape, callFeedEventShape } from "../../src/openapi/live-shapes.ts";
import { upkeepTasks } from "../../src/upkeep.ts";
import { readSse } from "../harness/sse-reader.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("socket");
});
afterAll(() => two.close());

async function addCall(more: object = {}, organizationId = two.mine.id): Promise<string> {
  const id = newId();
  await two.database.db
    .insertInto("calls")
    .values({
      id,
      organization_id: organizationId,
      node_id: newId(),
      direction: "inbound",
      status: "ringing",
      configuration: "{}",
      ...more,
    })
    .execute();
  return id;
}
const change = (id: string, set: object) =>
  two.database.db.updateTable("calls").set(set).where("id", "=", id).execute();

let sequence = 0;
const add = (callId: string, ...details: TimelineDetail[]) =>
  saveActivity(
    two.database.db,
    callId,
    details.map((detail) => ({ sequence: ++sequence, ...activityOf({ callId, at: new Date(), ...detail }) })),
  );

async function open(path: string, headers: Record<string, string> = {}) {
  const stream = await readSse(`${two.api.url()}/api/v1${path}`, {
    authorization: `Bearer ${two.mine.key}`,
    ...headers,
  });
  onTestFinished(() => stream.close());
  return stream;
}

test("the calls that run, then each new one and each change, of the own organization alone", async () => {
  const running = await addCall({ status: "in-progress", caller_number: "+31612345678" });
  await addCall({}, two.theirs.id);
  // No browser has joined it yet.
  const web = await addCall({ direction: "web" });
  const stream = await open("/calls/stream");
  const snapshot = (await stream.next())!;
  expect(callFeedEventShape.parse({ event: snapshot.event, data: snapshot.data })).toEqual({
    event: "snapshot",
    data: {
      calls: [expect.objectContaining({ id: running, status: "in-progress", caller_phone: "+31612345678" })],
    },
  });
  await addCall({}, two.theirs.id);
  // Refused at once: it is over before anybody looks, and is told all the same.
  const refused = await addCall({ status: "rejected", reported_at: new Date() });
  const created = (await stream.next())!;
  expect(callFeedEventShape.parse({ event: created.event, data: created.data })).toMatchObject({
    event: "call",
    data: { change: "created", call: { id: refused, status: "rejected", is_reported: true } },
  });
  await change(running, { status: "ended", end_reason: "user_hangup" });
  expect((await stream.next())!.data).toMatchObject({
    change: "changed",
    call: { id: running, status: "ended", end_reason: "user_hangup", is_reported: false },
  });
  await change(running, { reported_at: new Date() });
  expect((await stream.next())!.data).toMatchObject({ change: "changed", call: { is_reported: true } });
  await change(web, { claimed_at: new Date() });
  expect((await stream.next())!.data).toMatchObject({
    change: "created",
    call: { id: web, direction: "web" },
  });
  await change(web, { reported_at: new Date() });
  await stream.next();
  expect(((await (await open("/calls/stream")).next())!.data as { calls: unknown[] }).calls).toEqual([]);
});

test("what is said and done in a call: so far, as it happens, and where one left off", async () => {
  const id = await addCall();
  await add(id, { type: "answered" }, { type: "message", role: "assistant", content: "Hello." });
  const stream = await open(`/calls/${id}/stream`);
  const first = [await stream.next(), await stream.next()];
  expect(first.map((event) => event!.data.type)).toEqual(["answered", "message"]);
  await add(id, { type: "tool-call", toolCallId: "t1", name: "look_up", arguments: { name: "Ada" } });
  const told = (await stream.next())!;
  expect(callActivityEventShape.parse({ event: told.event, id: told.id, data: told.data })).toMatchObject({
    data: { type: "tool-call", tool_call_id: "t1", name: "look_up", arguments: { name: "Ada" } },
  });
  await stream.close();

  await change(id, { reported_at: new Date() });
  await add(
    id,
    { type: "ended", status: "ended", reason: "user_hangup", error: undefined },
    { type: "reported" },
  );
  const resumed = await open(`/calls/${id}/stream`, { "last-event-id": told.id });
  const rest = await resumed.until(({ event }) => event === "end");
  expect(rest.map(({ event, data }) => data.type ?? event)).toEqual(["ended", "reported", "end"]);
  expect(await resumed.next()).toBeUndefined();
});

test("a call that died with its process ends its stream too", async () => {
  const id = await addCall({ status: "ended-with-error", reported_at: new Date(Date.now() - 60_000) });
  await add(id, { type: "answered" });
  const events = await (await open(`/calls/${id}/stream`)).until(({ event }) => event === "end");
  expect(events).toHaveLength(2);
});

test("of a call in GDPR mode nothing that was said is kept, and retention forgets that of others", async () => {
  const message: TimelineDetail = { type: "message", role: "user", content: "I am Ada." };
  const [forbidden, undecided, kept] = [
    await addCall({ configuration: JSON.stringify({ gdpr_mode: true }) }),
    await addCall({ configuration: null }),
    await addCall(),
  ];
  const contents = async () => {
    const rows = await two.database.db.selectFrom("call_activity").select(["call_id", "content"]).execute();
    return [forbidden, undecided, kept].map((id) => rows.find(({ call_id }) => call_id === id)?.content);
  };
  for (const id of [forbidden, undecided, kept]) await add(id, message);
  expect(await contents()).toEqual([null, null, { content: "I am Ada." }]);

  const { db } = two.database;
  const longAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  await db
    .updateTable("organizations")
    .set({ content_retention_days: 30, metadata_retention_days: 90 })
    .where("id", "=", two.mine.id)
    .execute();
  const forget = upkeepTasks(db, systemClock).find(({ name }) => name === "calls past their retention")!;
  await change(kept, { status: "ended", ended_at: longAgo(31), reported_at: longAgo(31) });
  await forget.run();
  expect(await contents()).toEqual([null, null, null]);
  await change(kept, { ended_at: longAgo(91) });
  await forget.run();
  expect(await contents()).toEqual([null, null, undefined]);
});

test("other people's calls are not there", async () => {
  const id = await addCall({}, two.theirs.id);
  expect(await two.mine.call("GET", `/calls/${id}/stream`)).toMatchObject({
    status: 404,
    body: { code: "call_not_found" },
  });
});
