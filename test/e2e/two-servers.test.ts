import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { OutboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { readSse } from "../harness/sse-reader.ts";
import {
  API_KEY,
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

// Two processes of one installation: the call is with one, the API is asked at the other.

/** Several processes share the machine with others. */
const PATIENCE = { timeout: 10_000 };
const NUMBER = "+31850835037";
let database: TestDatabase;
let directories: string[];
let carrying: RunningServer;
let other: RunningServer;
let caller: SipCaller;
let leg: OutboundLeg;
let id: string;

beforeAll(async () => {
  database = await createTestDatabase();
  directories = [await newDataDirectory(), await newDataDirectory()];
  const environment = {
    DATABASE_URL: database.connectionString,
    RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
    SWITCHHOOK_SECRET_KEY: Buffer.alloc(32, 9).toString("base64"),
  };
  carrying = await startReadyServer(directories[0]!, { ...environment, RTP_PORT_RANGE: "22600-22619" });
  other = await startReadyServer(directories[1]!, { ...environment, RTP_PORT_RANGE: "22620-22639" });
  const created = await carrying.api("POST", "/assistants", {
    name: "Desk",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
  });
  const { id: assistantId } = created.body["assistant"] as { id: string };
  await carrying.api("POST", "/numbers", { phone_number: NUMBER, agent_id: assistantId });
  caller = await startCaller({ first: 22_640, last: 22_659 });
}, 90_000);
afterAll(async () => {
  await caller.stop();
  await Promise.all([carrying.end("SIGTERM"), other.end("SIGTERM")]);
  await database.close();
  await Promise.all(directories.map(removeDataDirectory));
});
beforeEach(async () => {
  ({ leg } = await placeAnsweredCall(caller, carrying.sipPort, { to: NUMBER }));
  await expect
    .poll(async () => {
      const { body } = await other.api("GET", "/calls?status=in-progress");
      const calls = body["calls"] as { id: string }[];
      id = calls[0]?.id ?? "";
      return calls.length;
    }, PATIENCE)
    .toBe(1);
});

const getCall = async () => (await other.api("GET", `/calls/${id}`)).body;
const control = (command: object, server = other) => server.api("POST", `/calls/${id}/control`, command);
const said = async () => JSON.stringify((await getCall())["messages"]);

test("every command by the other process; and the limit of ten counts both", async () => {
  expect(await control({ type: "say", content: "One moment please.", end_after: false })).toEqual({
    status: 200,
    body: { success: true, message: "Command sent successfully" },
  });
  await expect.poll(said, { timeout: 10_000 }).toContain("One moment please.");
  expect((await control({ type: "inject-context", content: "Gold.", trigger_response: false })).status).toBe(
    200,
  );
  const statuses: number[] = [];
  for (let count = 0; count < 14; count++) {
    const command = { type: "inject-context", content: "x", trigger_response: false };
    statuses.push((await control(command, count % 2 ? other : carrying)).status);
  }
  // Two more than ten at least; where the clock's minute turns in between, ten more are allowed once.
  const refused = statuses.filter((status) => status === 429).length;
  if (refused > 0) expect(refused).toBe(6);
  await expect
    .poll(async () => (await control({ type: "end-call", message: "Goodbye." })).status, {
      timeout: 65_000,
      interval: 2_000,
    })
    .toBe(200);
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  await expect.poll(async () => (await getCall())["end_reason"], PATIENCE).toBe("ended_by_api");
  expect(await said()).toContain("Goodbye.");
  expect(await control({ type: "end-call" })).toMatchObject({
    status: 400,
    body: { code: "call_not_active", message: "The call is ended, not in-progress" },
  });
}, 90_000);

test("both streams at the other process tell the call as it happens", async () => {
  const headers = { authorization: `Bearer ${API_KEY}` };
  const calls = await readSse(`${other.apiUrl}/calls/stream`, headers);
  const activity = await readSse(`${other.apiUrl}/calls/${id}/stream`, headers);
  // Beside it may be the call of the test before, whose report is just being written.
  expect((await calls.next())!.data.calls).toContainEqual(
    expect.objectContaining({ id, status: "in-progress", agent_name: "Desk" }),
  );
  await control({ type: "say", content: "Good to hear you.", end_after: true }, carrying);
  const told = await activity.until(({ event }) => event === "end");
  expect(told.map(({ data }) => data.type)).toEqual(
    expect.arrayContaining(["ringing", "decided", "answered", "message", "ended", "reported"]),
  );
  const spoken = told.find(({ data }) => data.content === "Good to hear you.")!.data;
  expect(spoken.role).toBe("assistant");
  expect(spoken.speech_offset_ms).toBeGreaterThan(0);
  expect(spoken.speech_offset_ms).toBeLessThan(spoken.offset_ms);
  const changes = await calls.until(({ data }) => data.call.id === id && data.call.is_reported);
  expect(changes.at(-1)!.data.call).toMatchObject({ id, status: "ended", end_reason: "ended_by_api" });
  await Promise.all([calls.close(), activity.close()]);
}, 60_000);

test("a process that hangs: 503, and what was asked of it is not done later", async () => {
  carrying.process.kill("SIGSTOP");
  const startedMs = performance.now();
  const answer = await control({ type: "say", content: "Too late.", end_after: false });
  const tookMs = performance.now() - startedMs;
  carrying.process.kill("SIGCONT");
  expect(answer).toMatchObject({ status: 503, body: { code: "call_not_reachable" } });
  expect(tookMs).toBeLessThan(4_000);
  expect((await control({ type: "say", content: "In time.", end_after: true })).status).toBe(200);
  await leg.ended;
  await expect.poll(said, PATIENCE).toContain("In time.");
  expect(await said()).not.toContain("Too late.");
});

test("a process that is gone: the call is over, and is said to be", async () => {
  await carrying.end("SIGKILL");
  const answers = new Set<string>();
  await expect
    .poll(
      async () => {
        const { status, body } = await control({ type: "end-call" });
        if (status !== 429) answers.add(`${status} ${String(body["message"] ?? body["error"])}`);
        return (await getCall())["status"];
      },
      { timeout: 40_000, interval: 3_000 },
    )
    .toBe("ended-with-error");
  // While its heart may still beat; once it does not; once it was closed.
  for (const answer of answers)
    expect(answer).toMatch(/^(503 Call|400 The server that carried|400 The call is ended)/);
  expect(answers.size).toBeGreaterThan(0);
}, 60_000);
