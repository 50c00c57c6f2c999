import { fork, type ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startGenerator, type CallsToAdd, type Figures, type Generator } from "./calls/generator-process.ts";
import { isPostgres, readProcessTree, sum, type ProcessUse } from "./calls/process-tree.ts";
import { startServerProcess, type ServerProcess } from "./server-process.ts";
import { print, spreadOf } from "./numbers.ts";

const HELP = `npm run bench:calls -- [--steps 10,20,40,60 | --calls 60] [--seconds 30] [--ramp 2] [--profile folder] [--web]

Concurrent real calls over loopback: SIP, and RTP both ways, to a server process started as by \`npm start\`, with voice
activity detection on. Callers speak, wait, listen, and interrupt every other reply. Everything is measured by them.

  the server     its processes, its threads and its PostgreSQL; CPU and memory come from /proc
  the callers    one process with its own SIP and RTP; a voice rendered once by eSpeak, over the noise of a line
  recognition    scripted, after real voice activity
  the model      scripted, takes no time
  the voice      prepared audio over OpenAI's HTTP protocol, from a third process: its transfer counts, synthesis does not

  INVITE to 180 / 200    of the calls added for the step
  frame lateness         of received audio against its own 20 ms timeline
  overhead per turn      the caller's last frame of speech to the first loud one of the reply, minus the configured wait
  interruption           the caller's first frame of speech to the last loud one of what he interrupts
                         (the assistant needs interruption_min_duration of speech first, here 50 ms)

  --steps     so many calls at once, one step after the other (default 10,20,40,60)
  --calls     one step
  --seconds   measured in each step (default 30); before it two seconds are not
  --ramp      new calls a second (default 2)
  --web       callers in browsers instead of telephones: LiveKit's signalling, two peer connections each, DTLS, SRTP, Opus
              (default steps 10,20). "180" is then the answer to the WebSocket, "200" the second connection's keys
  --priority  the server goes before other programs of this machine (root): for a machine that is shared
  --profile   the server writes CPU profiles there when it stops; read them with Chrome's developer tools

The run is void, and ends with 2, when the generator was not able to measure: its own frames left more than 5 ms late
(p99), were skipped, or it needed more than 0.9 of a core. The first line is the same generator against a bare process
that sends every packet back: what machine and generator can do at best.`;

const { values } = parseArgs({
  options: {
    steps: { type: "string" },
    web: { type: "boolean", default: false },
    calls: { type: "string" },
    seconds: { type: "string", default: "30" },
    ramp: { type: "string", default: "2" },
    priority: { type: "boolean", default: false },
    profile: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const BASELINE = "a bare echo";
const NUMBER = "+31850835037";
const ENDPOINTING_MS = 400;
const steps = (values.calls ?? values.steps ?? (values.web ? "10,20" : "10,20,40,60")).split(",").map(Number);
const seconds = Number(values.seconds);
const perSecond = Number(values.ramp);
if (![...steps, seconds, perSecond].every((value) => value > 0)) {
  console.error("--steps, --calls, --seconds and --ramp are numbers above 0; --help says more");
  process.exit(1);
}
const children: ChildProcess[] = [];
let isVoid = false;

try {
  if (!values.web) await measureBaseline();
  await measureServer();
} finally {
  for (const child of children) child.disconnect();
}
console.log(
  "\nLiveKit's published sizing for its own agents: 10 to 25 sessions on 4 cores (docs.livekit.io, custom deployments).",
);
if (isVoid) {
  console.log("VOID: the generator could not keep up in at least one step; its figures mean nothing.");
  process.exitCode = 2;
}

async function measureBaseline(): Promise<void> {
  const [phone, sipPort] = await start("calls/bare-phone.ts");
  const generator = await startGenerator();
  await generator.add({ via: "sip", sipPort, to: NUMBER, count: Math.max(...steps) }, 20);
  await measureStep(BASELINE, generator, phone.pid!, Math.min(seconds, 10));
  await generator.hangUp();
}

async function measureServer(): Promise<void> {
  const [, voicePort] = await start("calls/speech-server.ts");
  const server = await startServerProcess(
    { OPENAI_BASE_URL: `http://127.0.0.1:${voicePort}/v1` },
    values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`],
  );
  try {
    if (values.priority) for (const { pid } of readProcessTree(server.pid)) setPriority(pid, -10);
    const assistantId = await configure(server);
    const generator = await startGenerator();
    let placed = 0;
    for (const calls of steps) {
      await generator.add(await callsOf(server, assistantId, calls - placed), perSecond);
      placed = calls;
      await sleep(2_000);
      await measureStep(`${calls} calls`, generator, server.pid, seconds);
    }
    await generator.hangUp();
  } finally {
    await server.stop();
  }
}

async function callsOf(server: ServerProcess, assistantId: string, count: number): Promise<CallsToAdd> {
  if (!values.web) return { via: "sip", sipPort: server.sipPort, to: NUMBER, count };
  const opened = await Promise.all(
    Array.from({ length: count }, () =>
      server.api<{ token: string; server_url: string }>("POST", "/web-calls", { assistant_id: assistantId }),
    ),
  );
  return { via: "web", calls: opened.map(({ token, server_url: serverUrl }) => ({ token, serverUrl })) };
}

/** @returns the assistant's id */
async function configure(server: ServerProcess): Promise<string> {
  const { assistant } = await server.api<{ assistant: { id: string } }>("POST", "/assistants", {
    name: "Load",
    max_duration_seconds: 3_600,
    llm_config: {
      provider: "scripted",
      model: "script-1",
      script: [{ on: "user", match: ".*", say: "We open at nine." }],
    },
    // Enough for the longest run; after the last one nobody would be understood.
    stt_config: {
      provider: "scripted",
      model: "script-1",
      language: "en",
      utterances: Array.from({ length: 500 }, () => "When do you open?"),
    },
    tts_config: { provider: "openai", model: "tts-1", voice_id: "alloy" },
    speech_config: {
      turn_taking: { endpointing_min_delay: ENDPOINTING_MS / 1_000, interruption_min_duration: 0.05 },
    },
  });
  await server.api("POST", "/numbers", { phone_number: NUMBER, name: "Load", agent_id: assistant.id });
  return assistant.id;
}

async function measureStep(
  name: string,
  generator: Generator,
  pid: number,
  forSeconds: number,
): Promise<void> {
  const before = readProcessTree(pid);
  const startedMs = performance.now();
  await generator.measure();
  await sleep(forSeconds * 1_000);
  const after = readProcessTree(pid);
  const wallSeconds = (performance.now() - startedMs) / 1_000;
  const figures = await generator.report();
  show(name, figures, cores(before, after, wallSeconds), after);
}

function cores(before: readonly ProcessUse[], after: readonly ProcessUse[], wallSeconds: number) {
  const used = (which: (use: ProcessUse) => boolean) =>
    (sum(after.filter(which), ({ cpuSeconds }) => cpuSeconds) -
      sum(before.filter(which), ({ cpuSeconds }) => cpuSeconds)) /
    wallSeconds;
  return { server: used((use) => !isPostgres(use)), postgres: used(isPostgres) };
}

function show(
  name: string,
  figures: Figures,
  used: { server: number; postgres: number },
  tree: readonly ProcessUse[],
): void {
  const { calls, cut, setUp, talk, latenessByCall, ownCores, wallMs } = figures;
  const sendLateness = spreadOf(talk.sendLateness);
  const isStepVoid = sendLateness.p99 > 5 || talk.skipped > 0 || ownCores > 0.9;
  isVoid ||= isStepVoid;
  const total = used.server + used.postgres;
  console.log(`\n${name}${isStepVoid ? "   VOID" : ""}`);
  print("  connected, cut, refused, lost", `${calls}, ${cut}, ${setUp.refused}, ${setUp.lost}`);
  print("  INVITE to 180", ms(setUp.ringing, ["p50", "p99"]));
  print("  INVITE to 200", ms(setUp.answered, ["p50", "p99"]));
  print("  frame lateness, all frames", ms(talk.lateness, ["p50", "p99", "max"]));
  const worst = Math.max(...latenessByCall.map((call) => spreadOf(call).p99));
  print("  frame lateness, p99 of the worst call", `${worst.toFixed(1)} ms`);
  const due = (calls * wallMs) / 20;
  print("  frames received of those due", `${((100 * talk.received) / due).toFixed(2)} %`);
  if (name !== BASELINE) {
    const overhead = talk.replies.map((replyMs) => replyMs - ENDPOINTING_MS);
    print("  overhead per turn", `${ms(overhead, ["p50", "p95"])}  (${overhead.length} turns)`);
    print(
      "  interruption to silence",
      `${ms(talk.interruptions, ["p50", "p95"])}  (${talk.interruptions.length})`,
    );
    print("  unanswered turns, not interrupted", `${talk.unanswered}, ${talk.notInterrupted}`);
  }
  print("  cores used: server, PostgreSQL", `${used.server.toFixed(2)}, ${used.postgres.toFixed(2)}`);
  print(
    "  a call; calls per core; LiveKit's 2.5 to 6.3 per core: ratio",
    `${((100 * total) / calls).toFixed(2)} % of a core; ${(calls / total).toFixed(1)}; ${(calls / total / 6.25).toFixed(1)} to ${(calls / total / 2.5).toFixed(1)}`,
  );
  const nodeRss = sum(
    tree.filter((use) => !isPostgres(use)),
    ({ rssBytes }) => rssBytes,
  );
  print(
    "  resident memory without PostgreSQL",
    `${(nodeRss / 1e6).toFixed(0)} MB in ${tree.filter((use) => !isPostgres(use)).length} processes`,
  );
  print(
    "  the generator: send lateness p99, skipped, cores",
    `${sendLateness.p99.toFixed(1)} ms, ${talk.skipped}, ${ownCores.toFixed(2)}`,
  );
}

function ms(samples: readonly number[], which: readonly ("p50" | "p95" | "p99" | "max")[]): string {
  const spread = spreadOf(samples);
  return `${which.map((name) => `${name} ${spread[name].toFixed(1)}`).join("  ")} ms`;
}

async function start(program: string): Promise<[ChildProcess, number]> {
  const child = fork(new URL(program, import.meta.url));
  children.push(child);
  const port = await new Promise<number>((resolve) =>
    child.once("message", (message) => resolve(message as number)),
  );
  return [child, port];
}
