import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { stopNode } from "../../src/calls/node-store.ts";
import { newId } from "../../src/ids.ts";
import { until } from "../harness/conversation.ts";
import { ofType } from "../harness/receiver.ts";
import { setWebCallStage } from "../harness/web-call-stage.ts";

// Every web call that got an id ends with exactly one report: also one that nobody joins, and one whose process dies.

const stage = setWebCallStage();

describe("every one gets its report", () => {
  const ageMinutes = (id: string, minutes: number) =>
    stage.database.db
      .updateTable("calls")
      .set({ created_at: sql<Date>`now() - ${minutes} * interval '1 minute'` })
      .where("id", "=", id)
      .execute();

  test("nobody joined: closed by whichever process looks, once, and not before its time", async () => {
    const { callId, token } = await stage.open();
    const others = await Promise.all([1, 2, 3].map(() => stage.anotherWorld()));
    const look = async () => {
      await Promise.all(others.map(({ reaper }) => reaper.start()));
      await Promise.all(others.map(({ reaper }) => reaper.stop()));
    };
    await ageMinutes(callId, 9);
    await look();
    expect(await stage.row(callId)).toMatchObject({ status: "ringing", claimed_at: null });
    await ageMinutes(callId, 11);
    await look();
    const [report] = await stage.receiver.waitFor(1, ofType("end-of-call-report"));
    expect(report!.message).toMatchObject({
      call: { id: callId, type: "web_call", status: "failed" },
      end_reason: "not_joined",
      error: "Nobody joined within 10 minutes",
      duration_seconds: 0,
      phone_number: { id: null, number: null },
      customer: { number: null },
      messages: [],
    });
    await look();
    expect(stage.receiver.requests).toHaveLength(1);
    expect(await stage.world.join(token, stage.browser)).toMatchObject({
      outcome: "refused",
      statusCode: 410,
    });
  }, 30_000);

  test("the process that made the token died: the call is still to be had, at another", async () => {
    const dead = newId();
    const dying = await stage.anotherWorld({ nodeId: dead });
    const { callId, token } = await stage.open({}, dying);
    await stopNode(stage.database.db, dead);
    await stage.world.reaper.start();
    await stage.world.reaper.stop();
    expect((await stage.row(callId)).status).toBe("ringing");
    stage.browser.connect(stage.media);
    expect(await stage.world.join(token, stage.browser)).toEqual({ outcome: "admitted" });
    await until(() => stage.said().includes("assistant: Hello."));
    expect(await stage.row(callId)).toMatchObject({ node_id: stage.nodeId });
  }, 30_000);

  test("the process that the browser joined at died: closed by another, as lost", async () => {
    const dead = newId();
    const dying = await stage.anotherWorld({ nodeId: dead });
    const { callId, token } = await stage.open();
    // Taken up, and not a word further: as a process leaves it that is killed.
    await dying.webCalls.carrierPorts.admit({ callId, identity: "caller", expiresAt: new Date() });
    await stopNode(stage.database.db, dead);
    const look = await stage.anotherWorld();
    await look.reaper.start();
    await look.reaper.stop();
    const [report] = await stage.receiver.waitFor(1, ofType("end-of-call-report"));
    expect(report!.message).toMatchObject({
      call: { id: callId, status: "ended-with-error" },
      end_reason: "server_lost",
    });
    expect(await stage.world.join(token, stage.browser)).toMatchObject({ statusCode: 410 });
  }, 30_000);

  test.each([
    [{ cause: "cancelled" }, { status: "ended", end_reason: "user_cancelled" }],
    [
      { cause: "lost", detail: "no way to the browser was found" },
      { status: "ended-with-error", end_reason: "connection_lost" },
    ],
  ] as const)(
    "gone before there was audio: %j",
    async (end, expected) => {
      const { callId, token } = await stage.open();
      await stage.world.join(token, stage.browser);
      stage.browser.leave(end);
      const [report] = await stage.receiver.waitFor(1, ofType("end-of-call-report"));
      expect(report!.message).toMatchObject({ end_reason: expected.end_reason, duration_seconds: 0 });
      expect(await stage.row(callId)).toMatchObject(expected);
    },
    30_000,
  );

  test("a server that stops tells the browser, and the report is written", async () => {
    const stopping = await stage.anotherWorld();
    const { callId, token } = await stage.open();
    await stopping.join(token, stage.browser);
    await stopping.activeCalls.endAll(5_000);
    expect(stage.browser.refusal()).toMatch(/being stopped/);
    expect(await stage.row(callId)).toMatchObject({ status: "ended", end_reason: "server_shutdown" });
    expect((await stage.row(callId)).reported_at).not.toBeNull();
  }, 30_000);
});
