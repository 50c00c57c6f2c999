import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { telephoneSpeech } from "../harness/conversation.ts";
import { isLoud } from "../harness/fake-media.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  API_KEY,
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

const NUMBER = "+31850835037";
const CALLER = "+31612345678";
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let caller: SipCaller;
let espeak: Espeak;

beforeAll(async () => {
  espeak = createEspeak();
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory, { RTP_PORT_RANGE: "22700-22799" });
  const created = await server.api("POST", "/assistants", {
    name: "Desk",
    first_message: "Hello.",
    stt_config: {
      provider: "scripted",
      model: "script-1",
      language: "en",
      utterances: ["When do you close?", "Thank you, bye."],
    },
    llm_config: {
      provider: "scripted",
      model: "script-1",
      tools: [
        {
          name: "opening_hours",
          description: "x",
          parameters: { type: "object", properties: { day: { type: "string" } } },
        },
      ],
      script: [
        { on: "user", match: "close", tool: { name: "opening_hours", arguments: { day: "today" } } },
        { on: "tool", match: "opening_hours", say: "We close at half past five." },
        { on: "user", match: "bye", say: "Goodbye!", end: true },
      ],
    },
    tts_config: { provider: "local", voice_id: "en" },
  });
  const { id } = created.body["assistant"] as { id: string };
  await server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: id });
  caller = await startCaller({ first: 22_800, last: 22_899 });
});
afterAll(async () => {
  await caller.stop();
  await server.end("SIGTERM");
  await espeak.stop();
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
  receiver.behave = ({ message }) =>
    message["type"] === "tool-calls"
      ? {
          answer: {
            results: [
              {
                toolCallId: (message["tool_call_list"] as { id: string }[])[0]!.id,
                result: { closes: "17:30" },
              },
            ],
          },
        }
      : { answer: {} };
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
});
afterEach(() => receiver.close());

const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";

async function speech(text: string): Promise<Int16Array> {
  return telephoneSpeech(espeak, text);
}

interface Trace {
  is_live: boolean;
  sip: { direction: string; start_line: string; offset_ms: number; is_retransmission: boolean }[];
  media: { sent_packets: number; received_packets: number; lost_packets: number; mos: number }[];
  turns: { total_ms: number; stages: Record<string, number> }[];
  decisions: { type: string; text: string; offset_ms: number }[];
  webhooks: { type: string; state: string; attempt_count: number }[];
}

test("a whole call can be seen: every message, what was heard, what each answer waited for, and why it ended", async () => {
  const { leg, media } = await placeAnsweredCall(caller, server.sipPort, { to: NUMBER, from: CALLER });

  let quietMs = -1;
  media.onAudio((frame) => (quietMs = isLoud(frame) ? 0 : quietMs < 0 ? -1 : quietMs + 20));
  const untilQuiet = async () => {
    quietMs = -1;
    await expect.poll(() => quietMs, { timeout: 15_000 }).toBeGreaterThan(600);
  };
  await untilQuiet();
  const { id } = receiver.requests[0]!.message["call"] as { id: string };
  const traceOf = async () => (await server.api("GET", `/calls/${id}/trace`)).body as unknown as Trace;
  const live = await traceOf();
  expect(live).toMatchObject({ is_live: true, turns: [] });
  expect(live.media[0]!.sent_packets).toBeGreaterThan(20);

  media.play(await speech("When do you close?"));
  await untilQuiet();
  media.play(await speech("Thank you, good bye."));
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  await receiver.waitFor(1, isReport);
  await expect.poll(async () => (await traceOf()).is_live).toBe(false);
  const trace = await traceOf();

  expect(trace.sip.map(({ direction, start_line: line }) => `${direction} ${line}`)).toEqual([
    expect.stringMatching(/^in INVITE sip:\+31850835037@/),
    "out SIP/2.0 100 Trying",
    "out SIP/2.0 180 Ringing",
    "out SIP/2.0 200 OK",
    expect.stringMatching(/^in ACK /),
    expect.stringMatching(/^out BYE /),
    "in SIP/2.0 200 OK",
  ]);
  expect(trace.sip[0]!.offset_ms).toBe(0);
  expect(trace.sip.some((message) => message.is_retransmission)).toBe(false);
  const [heard] = trace.media;
  expect(heard!.received_packets).toBeGreaterThan(100);
  expect(heard!.mos).toBeGreaterThan(3);

  expect(trace.turns.length).toBeGreaterThanOrEqual(2);
  for (const { total_ms: totalMs, stages } of trace.turns) {
    expect(Math.abs(Object.values(stages).reduce((sum, ms) => sum + ms, 0) - totalMs)).toBeLessThan(1);
    expect(totalMs).toBeGreaterThan(100);
    expect(totalMs).toBeLessThan(10_000);
  }
  // The tool asked a webhook over the network.
  expect(trace.turns[0]!.stages["tool_ms"]).toBeGreaterThan(0);
  expect(trace.turns[0]!.stages["end_of_turn_wait_ms"]).toBeGreaterThan(0);

  const texts = trace.decisions.map(({ text }) => text);
  expect(texts).toEqual([
    "a call came in",
    expect.stringMatching(/^assistant-request was decided in \d+ ms: default, because the webhook answered/),
    "answered",
    "the tool opening_hours was called",
    expect.stringMatching(/^the tool opening_hours answered after \d+ ms$/),
    "the call was over: ended, assistant_hangup",
    "the report was written",
  ]);
  expect(trace.webhooks.map(({ type }) => type)).toEqual([
    "assistant-request",
    "status-update",
    "tool-calls",
    "status-update",
    "end-of-call-report",
  ]);
  await expect
    .poll(async () => (await traceOf()).webhooks.every(({ state }) => state === "delivered"))
    .toBe(true);

  const pcap = await fetch(`${server.apiUrl}/calls/${id}/call.pcap`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  expect(Buffer.from(await pcap.arrayBuffer()).toString("latin1")).toContain("SIP/2.0 180 Ringing");
}, 60_000);
