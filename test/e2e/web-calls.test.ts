import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { dispose } from "@livekit/rtc-node";
import { MESSAGES } from "../../src/openapi/webhook-events.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { telephoneSpeech, until } from "../harness/conversation.ts";
import { createReceiver, ofType, type Receiver } from "../harness/receiver.ts";
import { joinRoom, type RoomCaller } from "../harness/room-caller.ts";
import {
  API_KEY,
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

// Web calls with LiveKit's own client library (the one for Node), over real WebRTC on loopback, against the server as
// people start it. test/interop has browsers.

const GREETING = "Good afternoon, you are talking to the front desk. How can I help you today?";
let directory: string;
let server: RunningServer;
let receiver: Receiver;
let espeak: Espeak;
let caller: RoomCaller | undefined;

beforeAll(async () => {
  espeak = createEspeak();
  directory = await newDataDirectory();
  server = await startReadyServer(directory, { RTP_PORT_RANGE: "23200-23239" });
}, 60_000);
afterAll(async () => {
  await server.end("SIGTERM");
  await removeDataDirectory(directory);
  await espeak.stop();
  await dispose();
});
beforeEach(async () => {
  receiver = await createReceiver();
});
afterEach(async () => {
  await caller?.leave();
  caller = undefined;
  await receiver.close();
});

const desk = (more: object = {}) => ({
  first_message: GREETING,
  llm_config: {
    provider: "scripted",
    model: "script-1",
    script: [
      { on: "user", match: "order", tool: { name: "find_order", arguments: { number: "7" } } },
      { on: "tool", match: "find_order", say: "Your order is {{result.state}}." },
      { on: "user", match: "thank", say: "You are welcome." },
      { on: "digits", match: "7", say: "You pressed seven." },
    ],
    tools: [{ name: "find_order", parameters: { type: "object", properties: {} } }],
  },
  stt_config: {
    provider: "scripted",
    model: "script-1",
    language: "en",
    utterances: ["Where is my order?"],
  },
  tts_config: { provider: "local", voice_id: "en" },
  webhook_url: receiver.url,
  ...more,
});
interface Opened {
  call_id: string;
  token: string;
  server_url: string;
}
async function open(body: object): Promise<Opened> {
  const answer = await server.api("POST", "/web-calls", body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body as unknown as Opened;
}
const call = async (id: string) => (await server.api("GET", `/calls/${id}`)).body;

test("greeted, heard, answered by a tool, typed to, and reported", async () => {
  receiver.behave = ({ message }) => ({
    answer: message["type"] === "tool-calls" ? { result: { state: "on its way" } } : {},
  });
  const { call_id: id, token, server_url: url } = await open({ assistant: desk() });
  expect(url).toBe(server.apiUrl.replace("http", "ws").replace("/api/v1", ""));
  expect(await call(id)).toMatchObject({ status: "ringing", direction: "web", caller_phone: null });

  caller = await joinRoom(url, token);
  await caller.untilQuiet(1_000);
  // As long as the greeting, and not silence.
  const greeting = await espeak.synthesize(GREETING, "en-us");
  const greetingSeconds = greeting.samples.length / greeting.sampleRateHz;
  expect(caller.loudSeconds()).toBeGreaterThan(greetingSeconds * 0.5);
  expect(caller.loudSeconds()).toBeLessThan(greetingSeconds * 1.2);
  expect(await call(id)).toMatchObject({ status: "in-progress" });
  const room = caller;
  await until(() => room.shown.includes(`assistant: ${GREETING}`));

  await caller.speak(await telephoneSpeech(espeak, "Where is my order?"));
  await until(() => room.shown.includes("assistant: Your order is on its way."));
  expect(caller.shown).toContain("caller: Where is my order?");
  await caller.type("Thank you!");
  await until(() => room.shown.includes("assistant: You are welcome."));

  await caller.leave();
  caller = undefined;
  const [report] = await receiver.waitFor(1, ofType("end-of-call-report"));
  expect(MESSAGES["end-of-call-report"].safeParse(report!.message).error).toBeUndefined();
  expect(report!.message).toMatchObject({
    call: { id, type: "web_call", status: "ended" },
    phone_number: { id: null, number: null, name: null },
    customer: { number: null },
    end_reason: "user_hangup",
    messages: [
      { role: "assistant", content: GREETING },
      { role: "user", content: "Where is my order?" },
      { role: "assistant", content: "Your order is on its way." },
      { role: "user", content: "Thank you!" },
      { role: "assistant", content: "You are welcome." },
    ],
  });
  expect(receiver.requests.filter(ofType("tool-calls"))).toHaveLength(1);
  expect(receiver.requests.filter(ofType("status-update")).map(({ message }) => message["call"])).toEqual([
    { id, type: "web_call", status: "in-progress" },
    { id, type: "web_call", status: "ended" },
  ]);
  const { body } = await server.api("GET", "/usage");
  expect((body["logs"] as object[])[0]).toMatchObject({ call_type: "web", phone_number: null });
  const trace = (await server.api("GET", `/calls/${id}/trace`)).body as {
    media: { codec: string; received_packets: number }[];
    decisions: { text: string }[];
  };
  expect(trace.media[0]).toMatchObject({ codec: "opus" });
  expect(trace.media[0]!.received_packets).toBeGreaterThan(50);
  expect(trace.decisions.map(({ text }) => text)).toContain("the caller's browser joined");
}, 60_000);

test("said and ended by the API; the room is over for the browser too", async () => {
  const {
    call_id: id,
    token,
    server_url: url,
  } = await open({ assistant: desk({ first_message: "Hello." }) });
  caller = await joinRoom(url, token);
  const room = caller;
  await until(() => room.shown.includes("assistant: Hello."));
  const control = (command: object) => server.api("POST", `/calls/${id}/control`, command);
  expect((await control({ type: "say", content: "One moment.", end_after: false })).status).toBe(200);
  await until(() => room.shown.includes("assistant: One moment."));
  await control({ type: "end-call", message: "Goodbye." });
  await room.disconnected;
  await receiver.waitFor(1, ofType("end-of-call-report"));
  expect(await call(id)).toMatchObject({ status: "ended", end_reason: "ended_by_api" });
}, 60_000);

test("a call that is over is not joined", async () => {
  const { token, server_url: url } = await open({ assistant: desk({ first_message: "Hello." }) });
  caller = await joinRoom(url, token);
  await caller.leave();
  caller = undefined;
  await receiver.waitFor(1, ofType("end-of-call-report"));
  await expect(joinRoom(url, token)).rejects.toThrow(/404|over/);
  await expect(joinRoom(url, `${token}x`)).rejects.toThrow(/401|not valid/);
}, 60_000);

test("the process is killed in the middle: the next one reports the call, once", async () => {
  const killed = await newDataDirectory();
  const first = await startReadyServer(killed, { RTP_PORT_RANGE: "23240-23259" });
  const answer = await first.api("POST", "/web-calls", { assistant: desk({ first_message: "Hello." }) });
  const waiting = await first.api("POST", "/web-calls", { assistant: desk({ first_message: "Hello." }) });
  const { call_id: id, token, server_url: url } = answer.body as unknown as Opened;
  const room = await joinRoom(url, token);
  await until(() => room.shown.includes("assistant: Hello."));
  await first.end("SIGKILL");
  const second = await startReadyServer(killed, { RTP_PORT_RANGE: "23240-23259" });
  const [report] = await receiver.waitFor(1, ofType("end-of-call-report"));
  expect(report!.message).toMatchObject({
    call: { id, type: "web_call", status: "ended-with-error" },
    end_reason: "server_lost",
    messages: [{ role: "assistant", content: "Hello." }],
  });
  // It would try for a minute to come back.
  const left = room.leave();
  // Whose browser had not come yet comes to the next process.
  const { token: second_token } = waiting.body as unknown as Opened;
  caller = await joinRoom(second.apiUrl.replace("http", "ws").replace("/api/v1", ""), second_token);
  const later = caller;
  await until(() => later.shown.includes("assistant: Hello."));
  await caller.leave();
  caller = undefined;
  await receiver.waitFor(2, ofType("end-of-call-report"));
  expect(receiver.requests.filter(ofType("end-of-call-report"))).toHaveLength(2);
  await Promise.all([left, second.end("SIGTERM")]);
  await removeDataDirectory(killed);
}, 120_000);

test("ten lines of somebody's backend", async () => {
  const response = await fetch(server.apiUrl.replace("/api/v1", "/v1/web-calls"), {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ assistant: desk({ first_message: "Hello." }) }),
  });
  const { token, server_url: url } = (await response.json()) as Opened;
  caller = await joinRoom(url, token);
  const room = caller;
  await until(() => room.shown.includes("assistant: Hello."));
}, 60_000);
