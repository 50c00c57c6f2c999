import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { CallMedia, Digit } from "../../src/telephony/carrier.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { verifySignature } from "../../src/webhooks/signature.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { telephoneSpeech } from "../harness/conversation.ts";
import { isLoud } from "../harness/fake-media.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

// Whoever calls is asked first (facts 11.3): over SIP and RTP, with a recogniser and a model that count their requests.

const NUMBER = "+31850835040";
const MESSAGE = "This call is recorded. Press 1 to agree, or 2 to decline.";
let dataDirectory: string;
let openAi: OpenAiServer;
let server: RunningServer;
let caller: SipCaller;
let espeak: Espeak;
let question: Int16Array;
let secret: string;
let receiver: Receiver;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  openAi = await startOpenAiServer();
  openAi.speech = [{ type: "audio", durationMs: 600 }];
  openAi.chat = [{ type: "say", text: "At five." }];
  openAi.transcriptions = [{ type: "transcript", text: "When do you close?" }];
  server = await startReadyServer(dataDirectory, {
    OPENAI_BASE_URL: openAi.baseUrl,
    RTP_PORT_RANGE: "24000-24099",
  });
  ({ secret } = (await server.api("GET", "/settings/webhook")).body["webhook"] as { secret: string });
  const created = await server.api("POST", "/assistants", {
    name: "Desk",
    first_message: "Hello.",
    stt_config: { provider: "openai", model: "whisper-1", language: "en" },
    llm_config: { provider: "openai", model: "test" },
    tts_config: { provider: "openai", model: "tts-1", voice_id: "alloy" },
  });
  const { id } = created.body["assistant"] as { id: string };
  const patched = await server.api("PATCH", `/assistants/${id}`, {
    recording_consent: { enabled: true, message: MESSAGE },
  });
  expect(patched.status).toBe(200);
  await server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: id });
  espeak = createEspeak();
  question = await telephoneSpeech(espeak, "When do you close?");
  caller = await startCaller({ first: 24_100, last: 24_149 });
});
afterAll(async () => {
  await caller.stop();
  await server.end("SIGTERM");
  await openAi.stop();
  await espeak.stop();
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
  openAi.requests.length = 0;
});
afterEach(() => receiver.close());

async function answeredCall() {
  const { leg, media } = await placeAnsweredCall(caller, server.sipPort, { to: NUMBER });

  const heard = listen(media);
  return { leg, media, heard, press: (digit: Digit) => media.sendDigits([digit]) };
}

/** What the caller hears, as times. */
function listen(media: CallMedia) {
  let loud = 0;
  let waiting: { count: number; resolve: () => void } | undefined;
  media.onAudio((frame) => {
    if (isLoud(frame)) loud++;
    if (waiting && loud >= waiting.count) waiting.resolve();
  });
  return {
    get loudMs() {
      return loud * 20;
    },
    untilLoudMs: (ms: number) => new Promise<void>((resolve) => (waiting = { count: ms / 20, resolve })),
  };
}

const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";
const ofKind = (kind: string) => openAi.requests.filter(({ path }) => path.endsWith(kind));

async function reported() {
  const [report] = await receiver.waitFor(1, isReport);
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
  const { id } = report!.message["call"] as { id: string };
  const statuses = receiver.requests.map(({ message }) => [
    message["type"],
    (message["call"] as { status: string }).status,
  ]);
  return { report: report!.message, statuses, record: (await server.api("GET", `/calls/${id}`)).body };
}

test("nothing hears the caller before 1 is pressed, whatever is said; then the conversation begins", async () => {
  const { leg, media, heard, press } = await answeredCall();
  media.play(question);
  await heard.untilLoudMs(300);
  // The question has been spoken to its end into the consent message.
  while (media.queuedSamples > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(ofKind("/transcriptions")).toEqual([]);
  expect(ofKind("/chat/completions")).toEqual([]);
  expect(ofKind("/speech").map(({ body }) => body["input"])).toEqual([MESSAGE]);

  press("1");
  await heard.untilLoudMs(heard.loudMs + 400);
  expect(ofKind("/speech").map(({ body }) => body["input"])).toEqual([MESSAGE, "Hello."]);
  expect(ofKind("/transcriptions")).toEqual([]);
  media.play(question);
  await receiver.waitFor(2);
  while (ofKind("/chat/completions").length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ofKind("/transcriptions")).toHaveLength(1);
  await leg.hangUp();
  const { report, statuses } = await reported();
  expect(statuses.map(([type]) => type)).toEqual([
    "assistant-request",
    "status-update",
    "status-update",
    "end-of-call-report",
  ]);
  expect(report).toMatchObject({
    end_reason: "user_hangup",
    assistant: {
      recording_consent: {
        enabled: true,
        message: MESSAGE,
        answer: { outcome: "agreed", digit: "1", at: expect.stringMatching(/Z$/) },
      },
    },
  });
});

test("2 ends the call at once, also in mid-message, and the report holds its status alone", async () => {
  const { leg, heard, press } = await answeredCall();
  await heard.untilLoudMs(100);
  const pressedAtMs = performance.now();
  press("2");
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  expect(performance.now() - pressedAtMs).toBeLessThan(1_000);
  const { report, statuses, record } = await reported();
  expect(statuses).toEqual([
    ["assistant-request", "ringing"],
    ["status-update", "in-progress"],
    ["status-update", "ended"],
    ["end-of-call-report", "ended"],
  ]);
  expect(report).toMatchObject({
    end_reason: "consent_declined",
    messages: [],
    assistant: { recording_consent: { answer: { outcome: "declined", digit: "2" } } },
  });
  expect(report).not.toHaveProperty("error");
  expect(record).toMatchObject({ status: "ended", end_reason: "consent_declined", messages: [] });
  expect(openAi.requests.map(({ path }) => path)).toEqual(["/v1/audio/speech"]);
});

test("a caller who hangs up instead is logged as ended", async () => {
  const { leg, heard } = await answeredCall();
  await heard.untilLoudMs(100);
  await leg.hangUp();
  const { report, record } = await reported();
  expect(report).toMatchObject({ call: { status: "ended" }, end_reason: "user_hangup", messages: [] });
  expect(report["assistant"]).not.toHaveProperty("recording_consent.answer");
  expect(record).toMatchObject({ status: "ended", end_reason: "user_hangup" });
});

test("who presses nothing is asked once more, and then the call ends", { timeout: 40_000 }, async () => {
  const { leg, heard } = await answeredCall();
  const answeredAtMs = performance.now();
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const tookMs = performance.now() - answeredAtMs;
  expect(tookMs).toBeGreaterThan(20_000);
  expect(tookMs).toBeLessThan(24_000);
  expect(heard.loudMs).toBeGreaterThan(1_000);
  expect(ofKind("/speech").map(({ body }) => body["input"])).toEqual([MESSAGE, MESSAGE]);
  const { report } = await reported();
  expect(report).toMatchObject({
    call: { status: "ended" },
    end_reason: "consent_timeout",
    assistant: { recording_consent: { answer: { outcome: "unanswered", digit: null } } },
  });
  expect(openAi.requests).toHaveLength(2);
});

test("where the assistant's voice is not to be had the built-in one asks", async () => {
  openAi.speech = [{ type: "hang" }];
  try {
    const startedAtMs = performance.now();
    const { leg, heard, press } = await answeredCall();
    await heard.untilLoudMs(200);
    expect(performance.now() - startedAtMs).toBeLessThan(2_500 + 500);
    press("2");
    await leg.ended;
    expect((await reported()).report).toMatchObject({ end_reason: "consent_declined" });
  } finally {
    openAi.speech = [{ type: "audio", durationMs: 600 }];
  }
});

test("an answer to assistant-request cannot take the question away by spelling it wrong", async () => {
  receiver.behave = ({ message }) =>
    message["type"] === "assistant-request"
      ? { answer: { assistant: { recording_consent: { enabled: true } } } }
      : { answer: {} };
  const { leg, heard, press } = await answeredCall();
  await heard.untilLoudMs(100);
  press("2");
  await leg.ended;
  expect((await reported()).report).toMatchObject({ end_reason: "consent_declined" });
});
