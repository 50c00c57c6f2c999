import { afterAll, beforeAll, expect, test } from "vitest";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";
import { createReceiver, ofType, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

// The plan of an assistant's analysis, carried out by the worker that carried the call.

const NUMBER = "+31850835071";
let dataDirectory: string;
let openAi: OpenAiServer;
let server: RunningServer;
let caller: SipCaller;
let receiver: Receiver;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  openAi = await startOpenAiServer();
  server = await startReadyServer(dataDirectory, {
    OPENAI_BASE_URL: openAi.baseUrl,
    RTP_PORT_RANGE: "25500-25519",
  });
  receiver = await createReceiver();
  const { body } = await server.api("POST", "/assistants", {
    name: "Desk",
    first_message: "Hello, this is the desk.",
    webhook_url: receiver.url,
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
    postcall_llm: { provider: "openai", model: "gpt-5.4-mini" },
    analysis_plan: {
      structured_data_plan: {
        enabled: true,
        schema: { type: "object", properties: { topic: { type: "string" } }, required: ["topic"] },
      },
      min_messages_threshold: 1,
    },
  });
  await server.api("POST", "/numbers", {
    phone_number: NUMBER,
    agent_id: (body["assistant"] as { id: string }).id,
  });
  caller = await startCaller({ first: 25_520, last: 25_529 });
});
afterAll(async () => {
  await caller.stop();
  await server.end("SIGTERM");
  await Promise.all([openAi.stop(), receiver.close()]);
  await removeDataDirectory(dataDirectory);
});

async function call(): Promise<{ id: string; report: Record<string, unknown> }> {
  const { leg } = await placeAnsweredCall(caller, server.sipPort, { to: NUMBER });
  const [progress] = await receiver.waitFor(1, ofType("status-update"));
  const { id } = progress!.message["call"] as { id: string };
  // What is being said when somebody hangs up is in the transcript only as far as it was heard.
  const said = async () => {
    const { body } = await server.api("GET", `/calls/${id}/timeline`);
    return (body["timeline"] as { activity: { type: string }[] }).activity;
  };
  await expect.poll(said, { timeout: 10_000 }).toContainEqual(expect.objectContaining({ type: "message" }));
  await leg.hangUp();
  const [report] = await receiver.waitFor(1, ofType("end-of-call-report"));
  receiver.requests.length = 0;
  return { id, report: report!.message };
}

const reasons = async (id: string) =>
  ((await server.api("GET", `/calls/${id}/trace`)).body["decisions"] as { text: string }[]).map(
    ({ text }) => text,
  );

test("is in the report, on the call, and in its trace", async () => {
  openAi.chat = [{ type: "say", text: '{"topic": "opening hours"}' }];
  const { id, report } = await call();
  expect(report["analysis"]).toEqual({ topic: "opening hours" });
  expect((await server.api("GET", `/calls/${id}`)).body).toMatchObject({
    analysis_result: { topic: "opening hours" },
  });
  await expect
    .poll(() => reasons(id), { timeout: 10_000 })
    .toContainEqual(expect.stringMatching(/^the call was analysed in /));
});

test("that cannot be made holds nothing up, and the trace says why", async () => {
  openAi.chat = [{ type: "say", text: "They spoke of the weather." }];
  const { id, report } = await call();
  expect(report).not.toHaveProperty("analysis");
  expect(report["summary"]).toBe("They spoke of the weather.");
  await expect
    .poll(() => reasons(id), { timeout: 10_000 })
    .toContain("the analysis failed: the answer is not a JSON object");
});
