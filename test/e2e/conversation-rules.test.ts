import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import type { CallMedia, InboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { join, silence, telephoneSpeech } from "../harness/conversation.ts";
import { isLoud } from "../harness/fake-media.ts";
import { createReceiver, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { tone } from "../harness/tone.ts";

// What an assistant may be told about its conversations, on real calls: SIP, RTP, webhooks.

const DESTINATION = "+31612345678";
const GREETING = "You have reached Jane. Please leave a message after the tone.";
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let callee: SipCarrier;
let espeak: Espeak;
let onLeg: (leg: InboundLeg) => void;
let numberId: string;

beforeAll(async () => {
  espeak = createEspeak();
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory, { RATE_LIMIT_REQUESTS_PER_MINUTE: "0" });
  callee = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 22_400, last: 22_499 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg: (leg) => onLeg(leg),
  });
  await callee.start();
  const trunk = { name: "Test", provider: "test", address: `127.0.0.1:${callee.port}` };
  numberId = await make("numbers", "number", {
    phone_number: "+31850835037",
    transfer_trunk_id: await make("sip-trunks", "trunk", trunk),
  });
});
afterAll(async () => {
  await callee.stop();
  await espeak.stop();
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
  if (!created.body[name]) throw new Error(JSON.stringify(created.body));
  return (created.body[name] as { id: string }).id;
}

interface Called {
  leg: InboundLeg;
  media: CallMedia;
  /** every frame so far, 20 ms each */
  heard: Int16Array[];
}

/** Calls somebody with an assistant of the given fields, and picks up. */
async function answeredCall(
  fields: object,
  utterances: string[] = [],
  script: object[] = [],
): Promise<Called> {
  const assistantId = await make("assistants", "assistant", {
    name: "Desk",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances },
    llm_config: { provider: "scripted", model: "script-1", script },
    tts_config: { provider: "local", voice_id: "en" },
    ...fields,
  });
  const incoming = new Promise<InboundLeg>((resolve) => (onLeg = resolve));
  const order = { destination: DESTINATION, assistant_id: assistantId, number_id: numberId };
  expect((await server.api("POST", "/calls/outbound", order)).status).toBe(201);
  const leg = await incoming;
  const answered = await leg.answer();
  if (answered.outcome !== "answered") throw new Error("not answered");
  const { media } = answered;
  const heard: Int16Array[] = [];
  media.onAudio((frame) => heard.push(frame));
  return { leg, media, heard };
}

/** Waits for the report; the events before it have to be the documented ones, however often each was attempted. */
async function reported(): Promise<{ message: Record<string, unknown>; lines: string[] }> {
  const events = () =>
    new Map(receiver.requests.map(({ message }) => [Number(message["sequence"]), message] as const));
  await expect.poll(() => events().size, { timeout: 20_000 }).toBe(3);
  const told = [1, 2, 3].map((sequence) => events().get(sequence)!);
  expect(told.map(({ type, call }) => [type, (call as { status: string }).status])).toEqual([
    ["status-update", "in-progress"],
    ["status-update", "ended"],
    ["end-of-call-report", "ended"],
  ]);
  const message = told[2]!;
  const messages = message["messages"] as { role: string; content: string }[];
  return { message, lines: messages.map(({ role, content }) => `${role}: ${content}`) };
}

test("a mailbox: the message is left after the beep, and the report says so", async () => {
  const { leg, media, heard } = await answeredCall(
    {
      voicemail_detection: true,
      voicemail_message: "Please call us back.",
      speech_config: { first_message_outbound: "Hello, am I speaking with Jane?" },
    },
    [GREETING],
  );
  const greeting = await telephoneSpeech(espeak, GREETING);
  const sent = join(greeting, silence(1_800), tone(950, 400));
  media.play(sent);
  await new Promise<void>((resolve) => media.onPlayoutDrained(resolve));
  const beepEndedAt = heard.length;
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const firstLoud = heard.findIndex((frame, at) => at >= beepEndedAt && isLoud(frame));
  expect((firstLoud - beepEndedAt) * 20).toBeLessThan(500);
  // The second before it: nothing over the mailbox's last words and its beep.
  expect(heard.slice(beepEndedAt - 50, beepEndedAt).filter(isLoud)).toEqual([]);
  const { message, lines } = await reported();
  expect(message).toMatchObject({
    end_reason: "voicemail",
    summary: "Voicemail detected. Left message: Please call us back.",
  });
  expect(lines.slice(-2)).toEqual([`user: ${GREETING}`, "assistant: Please call us back."]);
}, 60_000);

test("a mailbox without a message for it is hung up on at once", async () => {
  const { leg, media } = await answeredCall({ voicemail_detection: true, voicemail_message: "" }, [GREETING]);
  media.play(await telephoneSpeech(espeak, GREETING));
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const { message, lines } = await reported();
  expect(message).toMatchObject({
    end_reason: "voicemail",
    summary: "Voicemail detected. No message was left.",
  });
  expect(lines).toEqual([`user: ${GREETING}`]);
}, 60_000);

test("a mailbox that hangs up in the middle of the message is a mailbox all the same", async () => {
  const wanted = "Please call us back. ".repeat(10).trim();
  const { leg, media, heard } = await answeredCall({ voicemail_detection: true, voicemail_message: wanted }, [
    GREETING,
  ]);
  media.play(join(await telephoneSpeech(espeak, GREETING), silence(1_500), tone(950, 400)));
  await expect.poll(() => heard.filter(isLoud).length, { timeout: 20_000 }).toBeGreaterThan(60);
  await leg.hangUp();
  expect((await reported()).message).toMatchObject({ end_reason: "voicemail" });
}, 60_000);

test("a silent person is asked, then hung up on", async () => {
  const { leg } = await answeredCall({
    autonomous_silence_handling: true,
    silence_timeout_seconds: 1,
    speech_config: {
      silence: {
        messages: ["Are you there?"],
        final_message: "I will try again later.",
        first_check_seconds: 1,
        max_attempts: 1,
      },
    },
  });
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const { message, lines } = await reported();
  expect(message).toMatchObject({ end_reason: "silence_timeout" });
  expect(lines).toEqual(["assistant: Are you there?", "assistant: I will try again later."]);
}, 60_000);

test("a closing phrase hangs up", async () => {
  const { leg, media } = await answeredCall(
    { speech_config: { end_call_phrases: ["tot ziens"] } },
    ["That was all."],
    [{ on: "user", match: "all", say: "Thank you, tot ziens!" }],
  );
  media.play(await telephoneSpeech(espeak, "That was all, thank you."));
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const { message, lines } = await reported();
  expect(message).toMatchObject({ end_reason: "assistant_hangup" });
  expect(lines).toEqual(["user: That was all.", "assistant: Thank you, tot ziens!"]);
}, 60_000);

test("the opener of an outbound call is said over the background, which goes on when it is over", async () => {
  const { leg, heard } = await answeredCall({
    first_message: "Not this one.",
    max_duration_seconds: 6,
    speech_config: {
      first_message_outbound: "This is the desk.",
      pronunciation: [{ from: "desk", to: "front office" }],
      background_audio: { enabled: true, clip: "crowded_room", volume: 1 },
    },
  });
  await leg.ended;
  const { message, lines } = await reported();
  expect(message).toMatchObject({ end_reason: "max_duration" });
  expect(lines).toEqual(["assistant: This is the desk."]);
  // The last two seconds, long after the opener.
  const last = heard.slice(-120, -20);
  expect(last.filter((frame) => frame.some((sample) => Math.abs(sample) > 100)).length).toBeGreaterThan(90);
}, 60_000);
