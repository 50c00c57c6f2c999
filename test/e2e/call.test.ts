import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OutboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { verifySignature } from "../../src/webhooks/signature.ts";
import { placeAnsweredCall, placeCall, startCaller } from "../harness/caller.ts";
import { isLoud } from "../harness/fake-media.ts";
import { createReceiver, type Behaviour, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  startServer,
  type RunningServer,
} from "../harness/server.ts";

const NUMBER = "+31850835037";
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let caller: SipCaller;
let secret: string;
let assistantId: string;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory);
  const settings = await server.api("GET", "/settings/webhook");
  ({ secret } = settings.body["webhook"] as { secret: string });
  const created = await server.api("POST", "/assistants", {
    name: "Desk",
    first_message: "Hello.",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
  });
  assistantId = (created.body["assistant"] as { id: string }).id;
  await server.api("POST", "/numbers", { phone_number: NUMBER, name: "Desk", agent_id: assistantId });
  caller = await startCaller({ first: 22_200, last: 22_299 });
});
afterAll(async () => {
  await caller.stop();
  await server.end("SIGTERM");
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
});
afterEach(() => receiver.close());

function place(to = NUMBER, port = server.sipPort): Promise<OutboundLeg> {
  return placeCall(caller, port, { to });
}

const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";
const onAssistantRequest = (behaviour: Behaviour) => {
  receiver.behave = ({ message }) => (message["type"] === "assistant-request" ? behaviour : { answer: {} });
};

const answeredCall = (port = server.sipPort) => placeAnsweredCall(caller, port, { to: NUMBER });

/** Calls, hangs up as soon as something is heard, and gives what the webhook got up to the report. */
async function shortCall(): Promise<Record<string, unknown>[]> {
  const { leg, media } = await answeredCall();
  await new Promise<void>((resolve) => media.onAudio((frame) => isLoud(frame) && resolve()));
  await leg.hangUp();
  await receiver.waitFor(1, isReport);
  return receiver.requests.map(({ message }) => message);
}

test("a call from INVITE to report: every event, in order, signed, to the letter", async () => {
  const messages = await shortCall();
  expect(
    messages.map((message) => [message["type"], (message["call"] as { status: string }).status]),
  ).toEqual([
    ["assistant-request", "ringing"],
    ["status-update", "in-progress"],
    ["status-update", "ended"],
    ["end-of-call-report", "ended"],
  ]);
  for (const { headers, body } of receiver.requests) {
    const verdict = verifySignature({
      secret,
      timestamp: String(headers["x-webhook-timestamp"]),
      signature: String(headers["x-webhook-signature"]),
      body,
      nowSeconds: Date.now() / 1_000,
    });
    expect(verdict).toBe("genuine");
  }
  const [, inProgress, ended, report] = messages;
  expect(inProgress).toMatchObject({
    phone_number: { number: NUMBER, name: "Desk" },
    customer: { number: "+31612345678" },
    assistant: { id: assistantId, name: "Desk", first_message: "Hello." },
    sequence: 1,
  });
  expect(inProgress).not.toHaveProperty("error");
  expect(ended).toMatchObject({ end_reason: "user_hangup", sequence: 2 });
  expect(report).toMatchObject({
    duration_seconds: expect.any(Number),
    summary: expect.stringContaining("Extract"),
    messages: expect.any(Array),
    end_reason: "user_hangup",
    started_at: expect.stringMatching(/\.\d{3}Z$/),
    sequence: 3,
  });
  const { id } = report!["call"] as { id: string };
  const record = await server.api("GET", `/calls/${id}`);
  expect(record).toMatchObject({
    status: 200,
    body: { status: "ended", end_reason: "user_hangup", agent_id: assistantId, caller_phone: "+31612345678" },
  });
});

test("in GDPR mode nothing of what is said is kept or told, and the report says why", async () => {
  onAssistantRequest({ answer: { assistant: { gdpr_mode: true } } });
  const { leg, media } = await answeredCall();
  await new Promise<void>((resolve) => media.onAudio((frame) => isLoud(frame) && resolve()));
  const [asked] = receiver.requests;
  const { id } = asked!.message["call"] as { id: string };
  expect((await server.api("GET", `/calls/${id}`)).body).toMatchObject({ messages: [], summary: null });
  await leg.hangUp();
  const [report] = await receiver.waitFor(1, isReport);
  expect(report!.message).toMatchObject({
    gdpr_mode: true,
    messages: [],
    summary: "",
    end_reason: "user_hangup",
  });
  expect(report!.message).not.toHaveProperty("analysis");
  expect((await server.api("GET", `/calls/${id}`)).body).toMatchObject({
    messages: [],
    summary: null,
    analysis_result: null,
  });
});

describe("assistant-request", () => {
  test.each<[string, Behaviour, object]>([
    ["{} keeps the saved assistant", { answer: {} }, { first_message: "Hello." }],
    [
      "an inline assistant overlays it, and metadata comes back",
      { answer: { assistant: { first_message: "Hi Ada.", metadata: { crm: 7 } } } },
      { first_message: "Hi Ada.", metadata: { crm: 7 } },
    ],
    ["an error status keeps the saved assistant", { answer: {}, status: 500 }, { first_message: "Hello." }],
    ["HTML keeps the saved assistant", { raw: "<html>" }, { first_message: "Hello." }],
    [
      "an invalid configuration keeps it",
      { answer: { assistant: { llm_config: 7 } } },
      { first_message: "Hello." },
    ],
    ["a duration on top", { answer: { max_duration_seconds: 90 } }, { max_duration_seconds: 90 }],
  ])("%s", async (_sentence, behaviour, assistant) => {
    onAssistantRequest(behaviour);
    const messages = await shortCall();
    expect(messages.at(-1)!["assistant"]).toMatchObject(assistant);
  });

  test("a hybrid answer names an assistant and overrides it", async () => {
    onAssistantRequest({
      answer: { assistant_id: assistantId, assistant_override: { first_message: "Hey." } },
    });
    const messages = await shortCall();
    expect(messages.at(-1)!["assistant"]).toMatchObject({
      id: assistantId,
      first_message: "Hey.",
      name: "Desk",
    });
  });

  test("a stalling webhook costs five seconds, not the call", async () => {
    onAssistantRequest("stall-in-body");
    const startedMs = performance.now();
    const { leg } = await answeredCall();
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThan(4_990);
    expect(tookMs).toBeLessThan(5_300);
    await leg.hangUp();
    await receiver.waitFor(1, isReport);
  });

  test("a rejection is spoken, then the call ends; it never was in progress", async () => {
    onAssistantRequest({ answer: { error: "We are closed." } });
    const { leg, media } = await answeredCall();
    let loudFrames = 0;
    media.onAudio((frame) => (loudFrames += isLoud(frame) ? 1 : 0));
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    expect(loudFrames).toBeGreaterThan(20);
    const [report] = await receiver.waitFor(1, isReport);
    expect(receiver.requests.map(({ message }) => message["type"])).toEqual([
      "assistant-request",
      "end-of-call-report",
    ]);
    expect(report!.message).toMatchObject({
      call: { status: "rejected" },
      error: "We are closed.",
      sequence: 1,
    });
  });

  test("the caller gives up meanwhile: the request is cut off and the call reported", async () => {
    onAssistantRequest("stall-before-headers");
    const leg = await place();
    await receiver.waitFor(1);
    await leg.hangUp();
    const [report] = await receiver.waitFor(1, isReport);
    expect(report!.message).toMatchObject({
      call: { status: "ended" },
      end_reason: "user_cancelled",
      duration_seconds: 0,
    });
  });
});

test("an unknown number is 404, one without assistant or webhook answer 480, with the reason on record", async () => {
  expect(await (await place("+31850000000")).answered).toEqual({ outcome: "failed", statusCode: 404 });
  await server.api("POST", "/numbers", { phone_number: "+31850000001" });
  expect(await (await place("+31850000001")).answered).toEqual({ outcome: "failed", statusCode: 480 });
  await receiver.waitFor(1, isReport);
  const { calls } = (await server.api("GET", "/calls?status=rejected&limit=1")).body as unknown as {
    calls: Record<string, unknown>[];
  };
  expect(calls[0]).toMatchObject({
    end_reason: "not_configured",
    error: "The number is linked to no assistant, and the webhook answered without a configuration",
  });
});

test("a provider without a key: an apology is spoken, and the call ends with its error", async () => {
  onAssistantRequest({
    answer: { assistant: { stt_config: { provider: "deepgram", model: "nova-3", language: "en" } } },
  });
  const { leg } = await answeredCall();
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const [report] = await receiver.waitFor(1, isReport);
  expect(report!.message).toMatchObject({
    call: { status: "ended-with-error" },
    error: "STT connection failed",
  });
});

describe("starting and stopping", () => {
  test("a second process on the folder is refused, and says why", async () => {
    const second = await startServer(dataDirectory);
    expect(second).toMatchObject({
      outcome: "ended",
      code: 1,
      output: expect.stringContaining("Another Switchhook is running"),
    });
  });

  test("a wrong value is refused with the variable's name", async () => {
    const refused = await startServer(dataDirectory, { RTP_PORT_RANGE: "5" });
    expect(refused).toMatchObject({
      outcome: "ended",
      code: 2,
      output: expect.stringMatching(/^RTP_PORT_RANGE: must be/),
    });
  });

  test("kill -9 in mid-call: after the restart the call is closed with an error and reported, once", async () => {
    const own = await newDataDirectory();
    let mortal = await startReadyServer(own, { RTP_PORT_RANGE: "22300-22399" });
    await mortal.api("PATCH", "/settings/webhook", { url: receiver.url });
    await mortal.api("POST", "/numbers", { phone_number: NUMBER });
    const { assistant } = (
      await mortal.api("POST", "/assistants", { name: "Desk", first_message: "Hello, is anybody there?" })
    ).body as unknown as { assistant: { id: string } };
    onAssistantRequest({ answer: { assistant_id: assistant.id } });
    await answeredCall(mortal.sipPort);
    await receiver.waitFor(1, ({ message }) => message["type"] === "status-update");
    await mortal.end("SIGKILL");
    mortal = await startReadyServer(own, { RTP_PORT_RANGE: "22300-22399" });
    const [report] = await receiver.waitFor(1, isReport);
    expect(report!.message).toMatchObject({
      call: { status: "ended-with-error" },
      end_reason: "server_lost",
      error: "The server that carried the call stopped",
    });
    // What was in flight when the process died may come twice, under the same id.
    const byId = new Map(
      receiver.requests.map(({ headers, message }) => [headers["x-webhook-id"], message["sequence"]]),
    );
    expect([...byId.values()]).toEqual([undefined, 1, 2, 3]);
    expect(await mortal.end("SIGTERM")).toBe(0);
    expect(receiver.requests.filter(isReport)).toHaveLength(1);
    await removeDataDirectory(own);
  });

  test("SIGTERM in mid-call: the call is ended and reported before the process ends", async () => {
    const own = await newDataDirectory();
    const polite = await startReadyServer(own, { RTP_PORT_RANGE: "22400-22499" });
    await polite.api("PATCH", "/settings/webhook", { url: receiver.url });
    const { assistant } = (await polite.api("POST", "/assistants", { name: "Desk" })).body as unknown as {
      assistant: { id: string };
    };
    await polite.api("POST", "/numbers", { phone_number: NUMBER, agent_id: assistant.id });
    const { leg } = await answeredCall(polite.sipPort);
    expect(await polite.end("SIGTERM")).toBe(0);
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    const [report] = receiver.requests.filter(isReport);
    expect(report!.message).toMatchObject({ call: { status: "ended" }, end_reason: "server_shutdown" });
    await removeDataDirectory(own);
  });
});
