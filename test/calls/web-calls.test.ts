import { describe, expect, test } from "vitest";
import { MESSAGES } from "../../src/openapi/webhook-events.ts";
import { newId } from "../../src/ids.ts";
import { until } from "../harness/conversation.ts";
import { ofType } from "../harness/receiver.ts";
import { setWebCallStage } from "../harness/web-call-stage.ts";
import { createBrowser } from "../harness/web-call-world.ts";

// The life of a web call from its token to its end, against a real database, webhooks and conversation; only the browser
// is played. test/e2e/web-calls.test.ts has real ones.

const stage = setWebCallStage();

test("from the token to the report: four kinds of text and sound, nulls for numbers", async () => {
  stage.receiver.behave = ({ message }) => ({
    answer: message["type"] === "tool-calls" ? { result: { state: "on its way" } } : {},
  });
  const { callId, token, serverUrl, expiresAt } = await stage.open();
  expect(serverUrl).toBe("ws://127.0.0.1:4000");
  expect(Math.abs(expiresAt.getTime() - Date.now() - 600_000)).toBeLessThan(5_000);
  expect(await stage.row(callId)).toMatchObject({
    direction: "web",
    status: "ringing",
    claimed_at: null,
    caller_number: null,
    called_number: null,
    number_id: null,
    configuration: { metadata: { visitor: "v-1" } },
  });

  expect(await stage.world.join(token, stage.browser)).toEqual({ outcome: "admitted" });
  stage.browser.type("Hi, where is my order?");
  expect((await stage.row(callId)).status).toBe("ringing");
  stage.browser.connect(stage.media);
  await until(() => stage.said().includes("assistant: It is on its way."));
  // What was typed before anybody could answer waited for the conversation.
  expect(stage.browser.shown.filter(({ isFinal }) => isFinal).at(-1)).toMatchObject({
    speaker: "assistant",
    text: "It is on its way.",
  });
  stage.browser.type("Bye!");
  const [report] = await stage.receiver.waitFor(1, ofType("end-of-call-report"));
  await stage.world.activeCalls.untilIdle(5_000);

  const message = report!.message;
  expect(MESSAGES["end-of-call-report"].safeParse(message).error).toBeUndefined();
  expect(message).toMatchObject({
    call: { id: callId, type: "web_call", status: "ended" },
    phone_number: { id: null, number: null, name: null },
    customer: { number: null },
    end_reason: "assistant_hangup",
    assistant: { metadata: { visitor: "v-1" } },
  });
  expect(message["messages"]).toEqual(
    expect.arrayContaining([
      { role: "user", content: "Hi, where is my order?" },
      { role: "assistant", content: "It is on its way." },
      { role: "user", content: "Bye!" },
      { role: "assistant", content: "Goodbye." },
    ]),
  );
  expect(stage.receiver.requests.map((request) => String(request.message["type"])).toSorted()).toEqual([
    "end-of-call-report",
    "status-update",
    "status-update",
    "tool-calls",
  ]);
  expect(stage.received("tool-calls")[0]!.message).toMatchObject({
    call: { type: "web_call", status: "in-progress" },
    phone_number: { id: null, number: null },
    customer: { number: null },
  });
  const { trace } = await stage.database.db
    .selectFrom("call_traces")
    .select("trace")
    .where("call_id", "=", callId)
    .executeTakeFirstOrThrow();
  expect(trace).toMatchObject({ sip: [] });
  expect((trace as { decisions: { text: string }[] }).decisions.map(({ text }) => text)).toEqual(
    expect.arrayContaining(["the caller's browser joined", "the caller typed something", "answered"]),
  );
  expect((await stage.row(callId)).carrier_call_id).toBe("RM_browser");
}, 30_000);

describe("who may come in", () => {
  test("one browser; a second one with the same token is refused, during the call and after it", async () => {
    const { callId, token } = await stage.open();
    stage.browser.connect(stage.media);
    expect(await stage.world.join(token, stage.browser)).toEqual({ outcome: "admitted" });
    const second = createBrowser();
    expect(await stage.world.join(token, second)).toMatchObject({ outcome: "refused", statusCode: 409 });
    await until(() => stage.said().includes("assistant: Hello."));
    stage.browser.leave({ cause: "remote-hangup" });
    await stage.receiver.waitFor(1, ofType("end-of-call-report"));
    expect(await stage.world.join(token, second)).toMatchObject({ outcome: "refused", statusCode: 410 });
    expect(await stage.row(callId)).toMatchObject({ status: "ended", end_reason: "user_hangup" });
  }, 30_000);

  test("of two that come in the same moment, one", async () => {
    const { token } = await stage.open();
    const other = await stage.anotherWorld();
    const outcomes = await Promise.all([
      stage.world.join(token, stage.browser),
      other.join(token, stage.browser),
      stage.world.join(token, stage.browser),
      other.join(token, stage.browser),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      "admitted",
      "refused",
      "refused",
      "refused",
    ]);
    stage.browser.leave({ cause: "cancelled" });
    await Promise.all([stage.world.activeCalls.untilIdle(5_000), other.activeCalls.untilIdle(5_000)]);
  }, 30_000);

  test("nobody whose call does not exist, and nobody while the server stops", async () => {
    const stopping = await stage.anotherWorld();
    const { callId, token } = await stage.open();
    const admit = stopping.webCalls.carrierPorts.admit;
    const claims = { callId: newId(), identity: "caller", expiresAt: new Date() };
    expect(await admit(claims)).toMatchObject({ statusCode: 404 });
    stopping.activeCalls.close();
    expect(await admit({ ...claims, callId })).toMatchObject({ statusCode: 503 });
    expect(await stopping.webCalls.openCall({} as never)).toEqual({ outcome: "stopping" });
    // It is not lost: another process takes it.
    expect(await stage.world.join(token, stage.browser)).toEqual({ outcome: "admitted" });
  });

  test("no call is opened where there is no room for it", async () => {
    const full = await stage.anotherWorld({ hasRoom: () => false });
    expect(await full.webCalls.openCall({} as never)).toEqual({ outcome: "busy" });
  });
});
