import { describe, expect, test } from "vitest";
import type { LegEnd, OutboundCall } from "../../src/telephony/carrier.ts";
import { until } from "../harness/conversation.ts";
import { createFakeMedia } from "../harness/fake-media.ts";
import { ofType } from "../harness/receiver.ts";
import { setWebCallStage } from "../harness/web-call-stage.ts";

// What a web call is answered with, and what becomes of what is typed and of transfers in it.

const stage = setWebCallStage();

describe("assistant-request", () => {
  const request = () => stage.received("assistant-request");

  test("asked when the browser joins, and its answer is the call's", async () => {
    stage.receiver.behave = ({ message }) => ({
      answer:
        message["type"] === "assistant-request"
          ? { assistant: { first_message: "Welcome back, Ada." }, max_duration_seconds: 60 }
          : {},
    });
    const assistantId = await stage.saveAssistant(stage.scripted());
    const { callId, token } = await stage.open({ assistantId, mode: "default" });
    expect(request()).toEqual([]);
    stage.browser.connect(stage.media);
    await stage.world.join(token, stage.browser);
    await until(() => stage.said().includes("assistant: Welcome back, Ada."));
    expect(request()[0]!.message).toEqual({
      type: "assistant-request",
      timestamp: expect.any(String),
      call: { id: callId, type: "web_call", status: "ringing" },
      phone_number: { id: null, number: null, name: null },
      customer: { number: null },
    });
    // The secret that came with the request for the call signs it.
    expect(request()[0]!.headers["x-webhook-signature"]).toMatch(/^sha256=/);
    expect((await stage.row(callId)).configuration).toMatchObject({
      first_message: "Welcome back, Ada.",
      max_duration_seconds: 60,
      metadata: { visitor: "v-1" },
    });
    expect(await stage.world.join(token, stage.browser)).toMatchObject({ statusCode: 409 });
  }, 30_000);

  test("an answer that says nothing leaves the call as it was asked for, changes included", async () => {
    const assistantId = await stage.saveAssistant(stage.scripted());
    const { token } = await stage.open({
      assistantId,
      mode: "hybrid",
      configuration: { ...stage.scripted(), first_message: "As you wished." },
    });
    stage.browser.connect(stage.media);
    await stage.world.join(token, stage.browser);
    await until(() => stage.said().includes("assistant: As you wished."));
    expect(request()).toHaveLength(1);
  }, 30_000);

  test("a rejection is spoken and shown, and the call is over", async () => {
    stage.receiver.behave = ({ message }) => ({
      answer: message["type"] === "assistant-request" ? { error: "We are closed." } : {},
    });
    const { callId, token } = await stage.open({ assistantId: await stage.saveAssistant(stage.scripted()) });
    stage.browser.connect(stage.media);
    await stage.world.join(token, stage.browser);
    const [report] = await stage.receiver.waitFor(1, ofType("end-of-call-report"));
    expect(report!.message).toMatchObject({
      call: { id: callId, type: "web_call", status: "rejected" },
      end_reason: "rejected_by_webhook",
      duration_seconds: 0,
    });
    expect(stage.browser.shown).toEqual([
      { segmentId: "rejection", speaker: "assistant", text: "We are closed.", isFinal: true },
    ]);
    expect(stage.media.heard.some((frame) => frame.some((sample) => Math.abs(sample) > 300))).toBe(true);
  }, 30_000);

  test("not asked for a configuration of the call's own: who sent it has said everything", async () => {
    const { token } = await stage.open();
    stage.browser.connect(stage.media);
    await stage.world.join(token, stage.browser);
    await until(() => stage.said().includes("assistant: Hello."));
    expect(request()).toEqual([]);
  }, 30_000);
});

test("GDPR mode: the browser sees what is said, and nothing of it is kept", async () => {
  const { callId, token } = await stage.open({ configuration: { ...stage.scripted(), gdpr_mode: true } });
  stage.browser.connect(stage.media);
  await stage.world.join(token, stage.browser);
  await until(() => stage.browser.shown.some(({ isFinal }) => isFinal));
  stage.browser.type("Bye, it's Ada.");
  const [report] = await stage.receiver.waitFor(1, ofType("end-of-call-report"));
  await stage.world.activeCalls.untilIdle(5_000);
  expect(report!.message).toMatchObject({ gdpr_mode: true, messages: [], summary: "" });
  const kept = await stage.database.db
    .selectFrom("calls")
    .leftJoin("call_traces", "call_traces.call_id", "calls.id")
    .select(["calls.messages", "calls.summary", "call_traces.trace"])
    .where("calls.id", "=", callId)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(kept)).not.toContain("Ada");
}, 30_000);

test("what is too much is left out, and the trace says so", async () => {
  const { token } = await stage.open();
  stage.browser.connect(stage.media);
  await stage.world.join(token, stage.browser);
  await until(() => stage.said().includes("assistant: Hello."));
  stage.browser.type("x".repeat(4_001));
  for (let count = 0; count < 12; count++) stage.browser.type(`order ${count}`);
  const outcomes = stage.world.timeline.flatMap((entry) => (entry.type === "typed" ? [entry.outcome] : []));
  expect(outcomes.slice(-13)).toEqual([
    "too-long",
    ...Array<string>(10).fill("taken"),
    "too-many",
    "too-many",
  ]);
}, 30_000);

describe("transfers", () => {
  const configuration = () => ({
    ...stage.scripted(),
    llm_config: {
      ...stage.scripted().llm_config,
      script: [
        {
          on: "user",
          match: "person",
          tool: { name: "transfer_call", arguments: { destination: "+31612345678" } },
        },
        { on: "tool", match: "transfer_call", say: "Not now: {{error}}" },
      ],
      tools: [{ type: "transfer_call", destinations: [{ number: "+31612345678" }] }],
    },
  });

  test("without a number to call from it is refused to the model, and the call goes on", async () => {
    const { token } = await stage.open({ configuration: configuration() });
    stage.browser.connect(stage.media);
    await stage.world.join(token, stage.browser);
    await until(() => stage.said().includes("assistant: Hello."));
    stage.browser.type("A person, please.");
    await until(() => stage.said().some((line) => line.startsWith("assistant: Not now")));
    expect(stage.said().at(-1)).toMatch(/no SIP trunk to call out by/);
  }, 30_000);

  test("with one, the browser and the telephone hear each other, through us", async () => {
    const telephone = createFakeMedia();
    const { promise: ended, resolve: end } = Promise.withResolvers<LegEnd>();
    const placed: OutboundCall[] = [];
    const calling = await stage.anotherWorld({
      placeCall(call) {
        placed.push(call);
        return Promise.resolve({
          carrierCallId: "sip-2",
          answered: Promise.resolve({ outcome: "answered", media: telephone }),
          ended,
          hangUp: () => Promise.resolve(end({ cause: "local" })),
          transfer: () => Promise.reject(new Error("must not be asked")),
          takesTransfers: false,
          peer: undefined,
        });
      },
    });
    const { token } = await stage.open({ configuration: configuration() });
    stage.browser.connect(stage.media);
    await calling.join(token, stage.browser);
    stage.browser.type("A person, please.");
    await until(() => placed.length === 1);
    expect(placed[0]).toMatchObject({ from: "+31850835037", to: "+31612345678", near: stage.media });
    await until(() => calling.timeline.some(({ type }) => type === "transfer"));
    const loud = telephone.untilLoud();
    stage.media.speak(new Int16Array(1_600).fill(8_000));
    await loud;
    stage.browser.type("Are you there?");
    expect(calling.timeline.at(-1)).toMatchObject({ type: "typed", outcome: "nobody-reads" });
    end({ cause: "remote-hangup" });
    const [report] = await stage.receiver.waitFor(1, ofType("end-of-call-report"));
    expect(report!.message).toMatchObject({ call: { status: "transferred" }, end_reason: "transferred" });
    await calling.activeCalls.untilIdle(5_000);
    telephone.close();
  }, 30_000);
});
