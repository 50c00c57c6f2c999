import { execFileSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { OutboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { placeCall, startCaller } from "../harness/caller.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  API_KEY,
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

const NUMBER = "+31850835037";
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let caller: SipCaller;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  caller = await startCaller({ first: 23_000, last: 23_099 });
});
afterAll(async () => {
  await caller.stop();
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
});
afterEach(async () => {
  await server.end("SIGTERM");
  await receiver.close();
});

async function start(environment: Record<string, string>): Promise<void> {
  server = await startReadyServer(dataDirectory, { RTP_PORT_RANGE: "23100-23199", ...environment });
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
  const { assistants } = (await server.api("GET", "/assistants")).body as { assistants: object[] };
  if (assistants.length > 0) return;
  const created = await server.api("POST", "/assistants", {
    name: "Desk",
    first_message: "Hello, this is the desk.",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
  });
  const { id } = created.body["assistant"] as { id: string };
  await server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: id });
}

async function call(): Promise<{ leg: OutboundLeg; pickUp: Awaited<OutboundLeg["answered"]> }> {
  const leg = await placeCall(caller, server.sipPort, { to: NUMBER });
  return { leg, pickUp: await leg.answered };
}

const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";

/** Whether the call is up still, a moment later. */
async function goesOn(leg: OutboundLeg): Promise<boolean> {
  const ended = await Promise.race([
    leg.ended,
    new Promise((resolve) => setTimeout(resolve, 300, "going on")),
  ]);
  return ended === "going on";
}

function workersOf(pid: number): number[] {
  return execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes("worker-main.ts"))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (parent === pid ? [child!] : []));
}

test("a full server answers 503 to the next call, and the one that runs goes on", async () => {
  await start({ MAX_CALLS: "1" });
  const first = await call();
  expect(first.pickUp.outcome).toBe("answered");
  expect((await call()).pickUp).toEqual({ outcome: "failed", statusCode: 503 });
  expect(await goesOn(first.leg)).toBe(true);
  const metrics = await fetch(`${server.apiUrl.replace("/api/v1", "")}/metrics`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  expect(await metrics.text()).toContain('switchhook_call_worker_legs{worker="0"} 1\n');
  await first.leg.hangUp();
  await receiver.waitFor(1, isReport);
  const again = await call();
  expect(again.pickUp.outcome).toBe("answered");
  await again.leg.hangUp();
  // Who was refused was never a call.
  expect((await server.api("GET", "/calls")).body).toMatchObject({ pagination: { total: 2 } });
});

test("SIGUSR2: no new calls, the one that runs is left in peace, and the process ends with it", async () => {
  await start({});
  const { leg } = await call();
  const ended = server.end("SIGUSR2");
  await vi.waitFor(async () => {
    const health = await server.api("GET", "/health");
    expect(health).toMatchObject({ status: 503, body: { status: "draining" } });
  });
  expect((await call()).pickUp).toEqual({ outcome: "failed", statusCode: 503 });
  expect(await goesOn(leg)).toBe(true);
  await leg.hangUp();
  expect(await ended).toBe(0);
  const [report] = receiver.requests.filter(isReport);
  expect(report!.message).toMatchObject({ call: { status: "ended" }, end_reason: "user_hangup" });
});

test("DRAIN_SECONDS: SIGTERM waits for running calls so long, then ends them", async () => {
  await start({ DRAIN_SECONDS: "1" });
  const { leg } = await call();
  const startedMs = performance.now();
  expect(await server.end("SIGTERM")).toBe(0);
  expect(performance.now() - startedMs).toBeGreaterThan(1_000);
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const [report] = receiver.requests.filter(isReport);
  expect(report!.message).toMatchObject({ end_reason: "server_shutdown" });
});

test("a worker process dies: its call is hung up and reported, and the next one is answered", async () => {
  await start({});
  const { leg } = await call();
  await receiver.waitFor(1, ({ message }) => message["type"] === "status-update");
  const [worker] = workersOf(server.process.pid!);
  process.kill(worker!, "SIGKILL");
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const [report] = await receiver.waitFor(1, isReport);
  expect(report!.message).toMatchObject({
    call: { status: "ended-with-error" },
    end_reason: "connection_lost",
    error: "Connection lost: the process that carried it ended",
  });
  await vi.waitFor(async () => expect((await call()).pickUp.outcome).toBe("answered"), {
    timeout: 10_000,
    interval: 200,
  });
});

test("kill -9 of the server leaves no worker behind", async () => {
  await start({});
  await call();
  const workers = workersOf(server.process.pid!);
  expect(workers).toHaveLength(1);
  await server.end("SIGKILL");
  await vi.waitFor(() => expect(() => process.kill(workers[0]!, 0)).toThrow("ESRCH"), { timeout: 5_000 });
});
