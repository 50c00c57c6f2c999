import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import type { CallMedia, InboundLeg, OutboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { telephoneSpeech } from "../harness/conversation.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { listenTo } from "../harness/ear.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { tone } from "../harness/tone.ts";

// A caller, the server, and a desk behind a trunk: three SIP stacks, real audio.

/** Several processes share the machine with others. */
const PATIENCE = { timeout: 10_000 };
const NUMBER = "+31850835037";
const CALLER = "+31612345678";
const DESK = "+31201234567";
const RINGBACK_HZ = 425;
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let caller: SipCaller;
let desk: SipCarrier;
let onLeg: (leg: InboundLeg) => void;
let espeak: Espeak;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory, { RATE_LIMIT_REQUESTS_PER_MINUTE: "0" });
  espeak = createEspeak();
  caller = await startCaller({ first: 22_400, last: 22_449 });
  desk = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 22_450, last: 22_499 },
    onLeg: (leg) => onLeg(leg),
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
  await desk.start();
  const assistantId = await make("assistants", "assistant", {
    name: "Reception",
    first_message: null,
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: ["The desk please."] },
    llm_config: {
      provider: "scripted",
      model: "script-1",
      tools: [
        {
          type: "transfer_call",
          destinations: [{ type: "number", number: DESK, description: "The desk", message: "One moment." }],
        },
      ],
      script: [
        { on: "user", match: "desk", tool: { name: "transfer_call", arguments: { destination: DESK } } },
        { on: "tool", match: "transfer_call", say: "Nobody is there. Can I take a message? {{error}}" },
      ],
    },
    tts_config: { provider: "local", voice_id: "en" },
  });
  await make("numbers", "number", {
    phone_number: NUMBER,
    agent_id: assistantId,
    transfer_trunk_id: await make("sip-trunks", "trunk", {
      name: "Desk",
      provider: "test",
      address: `127.0.0.1:${desk.port}`,
    }),
  });
});
afterAll(async () => {
  await Promise.all([caller.stop(), desk.stop(), espeak.stop()]);
  await server.end("SIGTERM");
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
  receiver.behave = () => ({ answer: {} });
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
});
afterEach(() => receiver.close());

async function make(path: string, name: string, body: object): Promise<string> {
  const created = await server.api("POST", `/${path}`, body);
  return (created.body[name] as { id: string }).id;
}

const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";
const getCall = async (id: string) => (await server.api("GET", `/calls/${id}`)).body;
const control = (id: string, command: object) => server.api("POST", `/calls/${id}/control`, command);
const transfer = (id: string, more: object = {}) =>
  control(id, { type: "transfer", destination: DESK, ...more });
const said = async (id: string) =>
  ((await getCall(id))["messages"] as { role: string; content: string }[]).map(({ content }) => content);

/** Resolves with the next leg that rings at the desk. */
const ringing = () => new Promise<InboundLeg>((resolve) => (onLeg = resolve));

async function pickUp(leg: InboundLeg): Promise<CallMedia> {
  const picked = await leg.answer();
  if (picked.outcome !== "answered") throw new Error("not answered");
  return picked.media;
}

/** A call that the assistant has answered. */
async function call(): Promise<{ id: string; leg: OutboundLeg; media: CallMedia }> {
  const { leg, media } = await placeAnsweredCall(caller, server.sipPort, { to: NUMBER, from: CALLER });
  const [asked] = receiver.requests;
  const { id } = asked!.message["call"] as { id: string };
  await expect.poll(async () => (await getCall(id))["status"], PATIENCE).toBe("in-progress");
  return { id, leg, media };
}

async function speak(media: CallMedia, text: string): Promise<void> {
  media.play(await telephoneSpeech(espeak, text));
}

/** Both talk at once, and each hears the other alone. */
async function expectBridged(callerMedia: CallMedia, deskMedia: CallMedia): Promise<void> {
  const callerHears = listenTo(callerMedia).untilTone(600);
  const deskHears = listenTo(deskMedia).untilTone(1_000);
  // Long enough for a machine that is slow to join the two; what is not needed is not played.
  callerMedia.play(tone(1_000, 12_000));
  deskMedia.play(tone(600, 12_000));
  await Promise.all([callerHears, deskHears]);
  callerMedia.clearPlayout();
  deskMedia.clearPlayout();
}

describe("bridged", () => {
  test("announced, rung, joined both ways, digits too, and ended by the caller: transferred", async () => {
    const { id, leg, media } = await call();
    const answeredBeforeMs = performance.now();
    const ear = listenTo(media);
    const incoming = ringing();
    expect((await transfer(id, { message: "I put you through." })).status).toBe(200);
    await ear.untilVoice(RINGBACK_HZ);
    const deskLeg = await incoming;
    await expect.poll(() => said(id)).toEqual(["I put you through."]);
    // The desk sees the number that was called.
    expect(deskLeg).toMatchObject({ calledNumber: DESK, callerNumber: NUMBER });
    await ear.untilTone(RINGBACK_HZ);
    expect(await control(id, { type: "say", content: "Hello?", end_after: false })).toMatchObject({
      status: 400,
      body: { code: "call_not_active", message: "The call is being transferred" },
    });

    const deskMedia = await pickUp(deskLeg);
    let digits = "";
    deskMedia.onDigit((digit) => (digits += digit));
    await expectBridged(media, deskMedia);
    media.sendDigits(["4", "2"]);
    await expect.poll(() => digits, PATIENCE).toBe("42");
    expect(await getCall(id)).toMatchObject({ status: "in-progress" });
    expect(await control(id, { type: "say", content: "Hello?", end_after: false })).toMatchObject({
      status: 400,
      body: { code: "call_not_active", message: "The call has been transferred" },
    });

    const atLeastSeconds = (performance.now() - answeredBeforeMs) / 1_000;
    await leg.hangUp();
    expect(await deskLeg.ended).toEqual({ cause: "remote-hangup" });
    await receiver.waitFor(1, isReport);
    expect(
      receiver.requests.map(({ message }) => [
        message["type"],
        (message["call"] as { status: string }).status,
      ]),
    ).toEqual([
      ["assistant-request", "ringing"],
      ["status-update", "in-progress"],
      ["end-of-call-report", "transferred"],
    ]);
    const report = receiver.requests.at(-1)!.message;
    expect(report).toMatchObject({ end_reason: "transferred", duration_seconds: expect.any(Number) });
    // The time of the two people together is the call's.
    expect(report["duration_seconds"]).toBeGreaterThanOrEqual(Math.floor(atLeastSeconds));
    expect(await getCall(id)).toMatchObject({ status: "transferred", end_reason: "transferred" });
    expect(await said(id)).toEqual(["I put you through."]);
  });

  test.each(["the desk", "the API"])("ended by %s", async (who) => {
    const { id, leg, media } = await call();
    const incoming = ringing();
    await transfer(id);
    const deskLeg = await incoming;
    await expectBridged(media, await pickUp(deskLeg));
    if (who === "the desk") await deskLeg.hangUp();
    else expect((await control(id, { type: "end-call", message: "Never heard." })).status).toBe(200);
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    await deskLeg.ended;
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "transferred", end_reason: "transferred" });
  });

  test.each([486, 503])(
    "refused with %d: the caller is back with the assistant, who says so",
    async (statusCode) => {
      const { id, leg, media } = await call();
      const incoming = ringing();
      await transfer(id);
      const deskLeg = await incoming;
      const ear = listenTo(media);
      await ear.untilTone(RINGBACK_HZ);
      deskLeg.reject(statusCode, "No");
      await ear.untilVoice(RINGBACK_HZ);
      await expect
        .poll(() => said(id), { timeout: 15_000 })
        .toEqual([expect.stringContaining("could not put you through")]);
      // The call goes on as before.
      await speak(media, "The desk please.");
      await expect.poll(() => said(id), { timeout: 10_000 }).toContain("The desk please.");
      expect(await getCall(id)).toMatchObject({ status: "in-progress" });
      await leg.hangUp();
      await receiver.waitFor(1, isReport);
      expect(await getCall(id)).toMatchObject({ status: "ended", end_reason: "user_hangup" });
    },
  );

  test("the caller hangs up while it rings: the desk's telephone stops", async () => {
    const { id, leg } = await call();
    const incoming = ringing();
    await transfer(id);
    const deskLeg = await incoming;
    deskLeg.ring();
    await leg.hangUp();
    expect(await deskLeg.ended).toEqual({ cause: "cancelled" });
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "ended", end_reason: "user_hangup" });
  });

  test("end-call while it rings ends both", async () => {
    const { id, leg } = await call();
    const incoming = ringing();
    await transfer(id);
    const deskLeg = await incoming;
    deskLeg.ring();
    expect((await control(id, { type: "end-call" })).status).toBe(200);
    expect(await deskLeg.ended).toEqual({ cause: "cancelled" });
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "ended", end_reason: "ended_by_api" });
  });
});

describe("by the assistant", () => {
  test("its message is said, then the desk rings", async () => {
    const { id, leg, media } = await call();
    const incoming = ringing();
    await speak(media, "The desk please.");
    const deskLeg = await incoming;
    await expectBridged(media, await pickUp(deskLeg));
    await leg.hangUp();
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "transferred" });
    expect(await said(id)).toEqual(["The desk please.", "One moment."]);
  });

  test("nobody takes it: the model is told, and speaks", async () => {
    const { id, leg, media } = await call();
    const incoming = ringing();
    await speak(media, "The desk please.");
    (await incoming).reject(486, "Busy Here");
    await expect
      .poll(() => said(id), { timeout: 15_000 })
      .toContainEqual(expect.stringMatching(/^Nobody is there. Can I take a message\? .*the line is busy/));
    await leg.hangUp();
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "ended", end_reason: "user_hangup" });
  });
});

describe("warm", () => {
  /** The desk has picked up and is being told. */
  async function offered(more: object = {}) {
    const { id, leg, media } = await call();
    const incoming = ringing();
    await transfer(id, { mode: "warm", ...more });
    const deskLeg = await incoming;
    const deskMedia = await pickUp(deskLeg);
    const ear = listenTo(media);
    const deskEar = listenTo(deskMedia);
    await deskEar.untilVoice(RINGBACK_HZ);
    return { id, leg, media, ear, deskLeg, deskMedia };
  }

  test("the desk is told, presses 1, and talks to the caller", async () => {
    const { id, leg, media, ear, deskMedia } = await offered();
    // Meanwhile the caller hears ringing, and nothing of what is said about them.
    await ear.untilTone(RINGBACK_HZ);
    deskMedia.sendDigits(["1"]);
    await expectBridged(media, deskMedia);
    await leg.hangUp();
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "transferred", end_reason: "transferred" });
  });

  test.each(["presses the reject digit", "hangs up"])("the desk %s: the caller is back", async (what) => {
    const { id, leg, deskLeg, deskMedia } = await offered({
      accept_digit: "5",
      reject_digit: "#",
      briefing: "Gold.",
    });
    if (what === "hangs up") await deskLeg.hangUp();
    // Keys that mean nothing do nothing.
    else deskMedia.sendDigits(["1", "2", "#"]);
    await deskLeg.ended;
    await expect
      .poll(() => said(id), { timeout: 15_000 })
      .toEqual([expect.stringContaining("could not put you through")]);
    await leg.hangUp();
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "ended", end_reason: "user_hangup" });
  });

  test("the caller hangs up while the desk is told: the desk's call ends", async () => {
    const { id, leg, deskLeg } = await offered();
    await leg.hangUp();
    expect(await deskLeg.ended).toEqual({ cause: "remote-hangup" });
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "ended", end_reason: "user_hangup" });
  });
});
