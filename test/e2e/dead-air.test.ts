import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { telephoneSpeech } from "../harness/conversation.ts";
import { isLoud } from "../harness/fake-media.ts";
import { startOpenAiServer, type Answer, type OpenAiServer } from "../harness/openai-server.ts";
import { createReceiver, type Behaviour, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

// The same promises as test/dead-air, of the whole server, over SIP.

const NUMBER = "+31850835041";
const MACHINE_MS = 800;
let dataDirectory: string;
let openAi: OpenAiServer;
let server: RunningServer;
let caller: SipCaller;
let espeak: Espeak;
let question: Int16Array;
let receiver: Receiver;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  openAi = await startOpenAiServer();
  server = await startReadyServer(dataDirectory, {
    OPENAI_BASE_URL: openAi.baseUrl,
    RTP_PORT_RANGE: "24200-24299",
  });
  const created = await server.api("POST", "/assistants", {
    name: "Desk",
    first_message: "Hello.",
    stt_config: {
      provider: "scripted",
      model: "script-1",
      language: "en",
      utterances: ["When do you close?"],
    },
    llm_config: { provider: "openai", model: "test" },
    tts_config: { provider: "local", voice_id: "en" },
  });
  const { id } = created.body["assistant"] as { id: string };
  await server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: id });
  espeak = createEspeak();
  question = await telephoneSpeech(espeak, "When do you close?");
  caller = await startCaller({ first: 24_300, last: 24_349 });
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

const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";

async function answeredCall() {
  const { leg, media } = await placeAnsweredCall(caller, server.sipPort, { to: NUMBER });

  const loudAtMs: number[] = [];
  media.onAudio((frame) => isLoud(frame) && loudAtMs.push(performance.now()));
  return { leg, media, loudAtMs, answeredAtMs: performance.now() };
}

async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const giveUpMs = performance.now() + withinMs;
  while (!isSo() && performance.now() < giveUpMs) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Calls, hears the greeting, and asks. */
async function askingCall() {
  const call = await answeredCall();
  await until(() => call.loudAtMs.length > 10 && performance.now() - call.loudAtMs.at(-1)! > 400, 8_000);
  call.media.play(question);
  await until(() => call.media.queuedSamples === 0, 4_000);
  return { ...call, askedAtMs: performance.now() };
}

test(
  "a model that hangs: a filler, an apology, BYE, and the documented error on record",
  { timeout: 40_000 },
  async () => {
    openAi.chat = [{ type: "hang" }];
    const { leg, loudAtMs, askedAtMs } = await askingCall();
    const before = loudAtMs.length;
    await until(() => loudAtMs.length > before, 8_000);
    // Voice activity detection and the endpointing delay come before the end of the turn.
    expect(loudAtMs[before]! - askedAtMs).toBeLessThan(550 + 400 + 2_500 + MACHINE_MS);
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    openAi.chat = [{ type: "say", text: "A summary." }];
    const [report] = await receiver.waitFor(1, isReport);
    expect(report!.message).toMatchObject({
      call: { status: "ended-with-error" },
      end_reason: "error",
      error: "LLM connection failed",
    });
    // What the caller heard is in the transcript; what the model was asked is not changed by it.
    const said = (report!.message["messages"] as { role: string; content: string }[]).map(
      ({ content }) => content,
    );
    expect(said[0]).toBe("Hello.");
    expect(said).toContain("One moment, please.");
    expect(said.at(-1)).toBe("I'm sorry, something went wrong on our side. Please call back later.");
  },
);

test.each<[string, Answer]>([
  ["hangs", { type: "hang" }],
  ["drips", { type: "drip", text: "We close " }],
])(
  "the caller hangs up while the model %s: two seconds later no request of the call is open",
  async (_how, answer) => {
    openAi.chat = [answer, { type: "say", text: "A summary." }];
    const { leg } = await askingCall();
    await until(() => openAi.openRequests > 0, 8_000);
    expect(openAi.openRequests).toBe(1);
    const hungUpAtMs = performance.now();
    await leg.hangUp();
    await until(() => openAi.openRequests === 0, 2_000);
    expect(openAi.openRequests).toBe(0);
    const [report] = await receiver.waitFor(1, isReport);
    expect(report!.message).toMatchObject({ call: { status: "ended" }, end_reason: "user_hangup" });
    expect(performance.now() - hungUpAtMs).toBeLessThan(5_000);
  },
);

describe("assistant-request", () => {
  const faults: [string, Behaviour][] = [
    ["401", { answer: {}, status: 401 }],
    ["500", { answer: {}, status: 500 }],
    ["hangs", "stall-before-headers"],
    ["stalls in its answer", "stall-in-body"],
    ["drips", "drip"],
    ["answers with a page", { raw: "<html>" }],
    ["drops the connection", "reset-in-body"],
    ["answers nothing", { raw: "" }],
    ["answers late", { answer: {}, afterMs: 3_000 }],
  ];

  test("whatever the webhook does, the call is answered within its five seconds, and greeted", async () => {
    const queue = [...faults];
    receiver.behave = ({ message }) =>
      message["type"] === "assistant-request" ? queue.shift()![1] : { answer: {} };
    const startedMs = performance.now();
    const calls = await Promise.all(faults.map(() => answeredCall()));
    for (const { answeredAtMs } of calls) expect(answeredAtMs - startedMs).toBeLessThan(5_000 + MACHINE_MS);
    await until(() => calls.every(({ loudAtMs }) => loudAtMs.length > 0), 5_000);
    for (const { loudAtMs, answeredAtMs } of calls) {
      expect(loudAtMs[0]! - answeredAtMs).toBeLessThan(2_500 + MACHINE_MS);
    }
    await Promise.all(calls.map(({ leg }) => leg.hangUp()));
    await receiver.waitFor(faults.length, isReport);
  });

  test("nor when it refuses the connection", async () => {
    await server.api("PATCH", "/settings/webhook", { url: "http://127.0.0.1:2/hook" });
    const { leg, loudAtMs, answeredAtMs } = await answeredCall();
    await until(() => loudAtMs.length > 0, 5_000);
    expect(loudAtMs[0]! - answeredAtMs).toBeLessThan(2_500 + MACHINE_MS);
    await leg.hangUp();
  });
});
