import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { boot } from "../src/boot.ts";
import type { TimelineEntry } from "../src/calls/call-timeline.ts";
import { systemClock } from "../src/clock.ts";
import { readConfig } from "../src/config.ts";
import { createLogger } from "../src/logger.ts";
import { createEspeak } from "../src/speech/tts/espeak.ts";
import { createSipCaller } from "../src/telephony/sip/sip-caller.ts";
import { createDemoCaller } from "./caller.ts";
import { startDemoReceiver, type DemoReceiver } from "./receiver.ts";
import { createTimeline } from "./timeline.ts";

// `npm run demo`: the whole product in a temporary folder, one real call over loopback, and everything that happens
// in it as it happens; with --json as JSON lines. Exit status 0 only if everything expected arrived. With --dashboard the
// server with two weeks of made-up calls instead.

if (process.argv.includes("--dashboard")) {
  const { demoDashboard } = await import("./dashboard/main.ts");
  await demoDashboard(process.argv.slice(2));
  process.exit(0);
}

const NUMBER = "+31850835037";
const CALLER = "+31612345678";
const QUESTIONS = ["When do you close today?", "Thank you, good bye."];
const REPORT_WITHIN_MS = 30_000;

const timeline = createTimeline({ isJson: process.argv.includes("--json") });
const logger = createLogger({ level: process.env["LOG_LEVEL"] ?? "warn" });
const hasModel = Boolean(process.env["OPENAI_API_KEY"] || process.env["OPENAI_BASE_URL"]);

const folder = await mkdtemp(path.join(tmpdir(), "switchhook-demo-"));
const read = readConfig({
  OPENAI_API_KEY: process.env["OPENAI_API_KEY"],
  OPENAI_BASE_URL: process.env["OPENAI_BASE_URL"],
  SWITCHHOOK_DATA_DIR: folder,
  PORT: "0",
  SIP_PORT: "0",
  WEB_RTC_PORT: "0",
});
if (read.outcome === "invalid") throw new Error(read.problems.join("\n"));

timeline.text(
  "Switchhook demo: a real SIP call over loopback, real RTP, real PostgreSQL, real signed webhooks.",
);
timeline.text(
  hasModel
    ? "Scripted: nothing but the caller, whose voice is synthesized (eSpeak NG). Model and speech are your OpenAI server's.\n"
    : "Scripted: the caller (voice synthesized by eSpeak NG), what the assistant understands, and what it answers.\n" +
        "          Set OPENAI_API_KEY for a real model and real speech recognition.\n",
);

const booted = await boot({
  config: read.config,
  logger,
  onLockLost: () => process.exit(1),
  watch: showCall,
});
if (booted.outcome === "in-use") throw new Error("a new folder cannot be in use");
const { app } = booted;
const apiKey = app.newApiKey!.key;
const espeak = createEspeak();
const problems: string[] = [];
let receiver: DemoReceiver | undefined;
const caller = createSipCaller({
  host: "127.0.0.1",
  rtpPorts: { first: 20_000, last: 20_099 },
  clock: systemClock,
  logger,
  trace: (direction, text) =>
    timeline.line("SIP", `caller ${direction === "out" ? "→" : "←"} ${text.split("\r\n", 1)[0]}`),
});

try {
  const { secret } = (await api("GET", "/settings/webhook")).webhook;
  receiver = await startDemoReceiver(secret, ({ type, status, isGenuine, sequence }) => {
    const place = sequence === undefined ? "" : ` #${sequence}`;
    timeline.line("webhook", `${type}${place} (${status})  signature ${isGenuine ? "verified" : "WRONG"}`);
  });
  const { assistant } = await api("POST", "/assistants", assistantBody(receiver.url));
  await api("POST", "/numbers", { phone_number: NUMBER, name: "Flower shop", agent_id: assistant.id });
  timeline.text(
    `API ${app.httpUrl}/api/v1, SIP port ${app.sipPort}, number ${NUMBER}, receiver ${receiver.url}\n`,
  );
  await placeCall();
  await finish(receiver);
} catch (error) {
  problems.push((error as Error).message);
} finally {
  await caller.stop().catch(() => undefined);
  await espeak.stop();
  await app.stop();
  await receiver?.close();
}

if (problems.length > 0) {
  timeline.text(`\nNot everything arrived:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  process.exit(1);
}
timeline.text("\nEverything expected arrived.");
process.exit(0);

function assistantBody(webhookUrl: string) {
  const tools = [
    {
      name: "opening_hours",
      description: "When the shop opens and closes on a day",
      parameters: { type: "object", properties: { day: { type: "string" } }, required: ["day"] },
    },
    { type: "end_call" },
  ];
  const messages = [
    {
      role: "system",
      content:
        "You answer the telephone of a flower shop, in one short sentence. Use opening_hours for opening hours. When the caller says goodbye, say goodbye and call end_call.",
    },
  ];
  const shared = {
    name: "Flower shop",
    business_name: "Ada's flowers",
    webhook_url: webhookUrl,
    max_duration_seconds: 120,
  };
  if (hasModel) return { ...shared, llm_config: { ...defaultModel(), messages, tools } };
  return {
    ...shared,
    llm_config: {
      provider: "scripted",
      model: "script-1",
      messages,
      tools,
      script: [
        { on: "user", match: "close|open", tool: { name: "opening_hours", arguments: { day: "today" } } },
        { on: "tool", match: "opening_hours", say: "Today we close at {{result.closes}}." },
        { on: "user", match: "bye", say: "Goodbye, and thank you for calling!", end: true },
      ],
    },
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: QUESTIONS },
    tts_config: { provider: "local", voice_id: "en" },
  };
}

function defaultModel() {
  return { provider: "openai", model: process.env["OPENAI_MODEL"] ?? "gpt-5.4-mini" };
}

async function placeCall(): Promise<void> {
  await caller.start();
  timeline.start();
  const leg = await caller.placeCall({
    to: NUMBER,
    from: CALLER,
    trunk: { address: "127.0.0.1", port: app.sipPort, protocol: "UDP" },
  });
  const answered = await leg.answered;
  if (answered.outcome === "failed") throw new Error(`the call was refused with ${answered.statusCode}`);
  const person = createDemoCaller(answered.media, espeak);
  const greetingMs = await person.listen();
  timeline.line("note", `the caller has heard ${(greetingMs / 1_000).toFixed(1)} s of greeting`);
  await person.say(QUESTIONS[0]!);
  await person.listen();
  await person.say(QUESTIONS[1]!);
  const end = await leg.ended;
  timeline.line("note", `the caller's telephone: ${end.cause}`);
}

async function finish({ received }: DemoReceiver): Promise<void> {
  const deadline = Date.now() + REPORT_WITHIN_MS;
  while (!received.some(({ type }) => type === "end-of-call-report") && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const expected = [
    "assistant-request",
    "status-update in-progress",
    "tool-calls",
    "status-update ended",
    "end-of-call-report",
  ];
  const arrived = received.map(({ type, status }) => (type === "status-update" ? `${type} ${status}` : type));
  for (const name of expected) if (!arrived.includes(name)) problems.push(`${name} did not arrive`);
  if (received.some(({ isGenuine }) => !isGenuine)) problems.push("a signature was wrong");
  const sequences = received.flatMap(({ sequence }) => (sequence === undefined ? [] : [sequence]));
  if (sequences.join() !== sequences.toSorted((a, b) => a - b).join())
    problems.push(`out of order: ${sequences.join(", ")}`);

  const report = received.find(({ type }) => type === "end-of-call-report")?.message;
  if (!report) return;
  const messages = report["messages"] as { role: string; content: string }[];
  timeline.text(
    `\nReport: ${String(report["duration_seconds"])} s, ended by ${String(report["end_reason"])}`,
  );
  timeline.text(`Summary: ${String(report["summary"])}`);
  for (const { role, content } of messages.filter((message) => message.role !== "system"))
    timeline.text(`  ${role}: ${content}`);
  const { id } = report["call"] as { id: string };
  timeline.text(
    `\nLook it up again:\n  SWITCHHOOK_DATA_DIR=${folder} npm start\n  curl -H "Authorization: Bearer ${apiKey}" http://127.0.0.1:4000/api/v1/calls/${id}`,
  );
}

function showCall(entry: TimelineEntry): void {
  switch (entry.type) {
    case "decided":
      return timeline.line(
        "call",
        `decided: ${entry.mode} (${entry.because}, ${Math.round(entry.durationMs)} ms)`,
      );
    case "message":
      return timeline.line("turn", `${entry.role}: ${entry.content}`);
    case "tool-call":
      return timeline.line("tool", `${entry.name}(${JSON.stringify(entry.arguments)})`);
    case "tool-result":
      return timeline.line(
        "tool",
        `${entry.name} → ${JSON.stringify(entry.value)}  ${entry.durationMs.toFixed(1)} ms`,
      );
    case "ended":
      return timeline.line(
        "call",
        `${entry.status}: ${entry.reason}${entry.error ? ` (${entry.error})` : ""}`,
      );
    case "node":
      return timeline.line("call", `node ${entry.nodeId}`);
    case "digit":
      return timeline.line("call", `digit ${entry.digit}`);
    case "consent":
      return timeline.line("call", `consent: ${entry.outcome}`);
    case "dialing":
    case "transfer":
      return timeline.line("call", `${entry.type} to ${entry.destination}`);
    case "analysed":
      return timeline.line("call", `analysis: ${entry.because ?? entry.outcome}`);
    case "ringing":
    case "joined":
    case "typed":
    case "answered":
    case "interrupted":
    case "reported":
      return timeline.line("call", entry.type);
  }
}

async function api(method: string, route: string, body?: unknown) {
  const response = await fetch(`${app.httpUrl}/api/v1${route}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- a script that reads what it has just been told exists
  const answer = (await response.json()) as any;
  if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}
