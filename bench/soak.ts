import { fork } from "node:child_process";
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { renderCallerAudio } from "./calls/caller-audio.ts";
import { isPostgres, readProcessTree, sum } from "./calls/process-tree.ts";
import { openSipCallers } from "./calls/sip-callers.ts";
import { KINDS, soakCall } from "./calls/soak-call.ts";
import { startServerProcess } from "./server-process.ts";

const HELP = `npm run soak:calls -- [--calls 2000] [--per-second 10] [--warm-up 200]

Short calls against a server process, a fifth each: refused, cancelled, abandoned without BYE, answered and never
acknowledged, and a talk of five seconds. After the warm-up, and after all, it waits until everything has run out
(130 s), and compares each server process: open files by kind, and the resources that Node waits for (timers,
sockets). Resident memory is sampled every 50 calls; its slope is a line through what came after the warm-up.
Ends with 1 when anything is left, a call went otherwise than meant, or the slope is above 5 MB for 1,000 calls.
2,000 calls take about seven minutes.`;

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "2000" },
    "per-second": { type: "string", default: "10" },
    "warm-up": { type: "string", default: "200" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const NUMBER = "+31850835037";
/** RTP that is missing is noticed after 30 s, an ACK after 32; a peer is forgotten 60 s later, by a sweep every 30. */
const RUN_OUT_MS = 100_000 + 30_000;
const MOST_SLOPE = 5e6;

const folder = await mkdtemp(path.join(tmpdir(), "switchhook-soak-"));
const voice = fork(new URL("calls/speech-server.ts", import.meta.url));
const voicePort = await new Promise<number>((resolve) =>
  voice.once("message", (port) => resolve(port as number)),
);
const server = await startServerProcess(
  { OPENAI_BASE_URL: `http://127.0.0.1:${voicePort}/v1`, SOAK_RESOURCES: folder },
  ["--import", new URL("calls/resource-hook.js", import.meta.url).href],
);
let isClean = true;
try {
  const { assistant } = await server.api<{ assistant: { id: string } }>("POST", "/assistants", {
    name: "Soak",
    llm_config: {
      provider: "scripted",
      model: "script-1",
      script: [{ on: "user", match: ".*", say: "We open at nine." }],
    },
    stt_config: {
      provider: "scripted",
      model: "script-1",
      language: "en",
      utterances: ["When do you open?"],
    },
    tts_config: { provider: "openai", model: "tts-1", voice_id: "alloy" },
  });
  await server.api("POST", "/numbers", { phone_number: NUMBER, name: "Soak", agent_id: assistant.id });
  // So that the process lives while eSpeak's, which holds nothing open, is waited for.
  const awake = setInterval(() => undefined, 1_000);
  const audio = await renderCallerAudio();
  clearInterval(awake);
  const callers = await openSipCallers({ address: "127.0.0.1", port: server.sipPort });
  let placed = 0;
  let otherwise = 0;
  const memory: [number, number][] = [];

  const place = async (count: number, isSampled: boolean) => {
    const calls: Promise<void>[] = [];
    for (let index = 0; index < count; index++) {
      const kind = KINDS[placed % KINDS.length]!;
      calls.push(
        soakCall({ callers, kind, number: NUMBER, audio, index: placed }).then((how) => {
          if (how === "otherwise") otherwise++;
        }),
      );
      placed++;
      if (isSampled && placed % 50 === 0) memory.push([placed, nodeRss()]);
      await sleep(1_000 / Number(values["per-second"]));
    }
    await Promise.all(calls);
  };

  await place(Number(values["warm-up"]), false);
  console.log(`${placed} calls of warm-up; waiting until everything has run out`);
  await sleep(RUN_OUT_MS);
  const before = await openNow();
  const rssBefore = nodeRss();
  await place(Number(values.calls), true);
  console.log(`${placed} calls; waiting until everything has run out`);
  await sleep(RUN_OUT_MS);
  const after = await openNow();
  console.log(
    `resident memory at rest: ${(rssBefore / 1e6).toFixed(0)} MB before, ${(nodeRss() / 1e6).toFixed(0)} MB after`,
  );
  await callers.close();

  for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()) {
    const [was, is] = [before[name] ?? 0, after[name] ?? 0];
    // Fewer: a pooled connection to the database that was closed for want of use.
    if (is > was) isClean = false;
    console.log(`${name.padEnd(40)} ${was} before, ${is} after${is > was ? "   MORE" : ""}`);
  }
  const bytes = slope(memory) * 1_000;
  const [first, last] = [memory[0]?.[1] ?? 0, memory.at(-1)?.[1] ?? 0];
  console.log(
    `resident memory ${(first / 1e6).toFixed(0)} to ${(last / 1e6).toFixed(0)} MB, ${(bytes / 1e6).toFixed(2)} MB for 1,000 calls`,
  );
  console.log(`${otherwise} of ${placed} calls went otherwise than meant`);
  isClean &&= bytes < MOST_SLOPE && otherwise === 0;
} finally {
  await server.stop();
  voice.disconnect();
  await rm(folder, { recursive: true, force: true });
}
console.log(isClean ? "clean" : "NOT clean");
process.exit(isClean ? 0 : 1);

function nodeRss(): number {
  return sum(
    readProcessTree(server.pid).filter((use) => !isPostgres(use)),
    ({ rssBytes }) => rssBytes,
  );
}

/** What the server's own processes have open: files by kind, and what Node waits for. */
async function openNow(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const add = (name: string, count = 1) => (counts[name] = (counts[name] ?? 0) + count);
  const udp = await udpInodes();
  for (const use of readProcessTree(server.pid).filter((process) => !isPostgres(process))) {
    add("processes");
    for (const fd of await readdir(`/proc/${use.pid}/fd`)) {
      const target = await readlink(`/proc/${use.pid}/fd/${fd}`).catch(() => "");
      const inode = /^socket:\[(\d+)\]/.exec(target)?.[1];
      add(
        `file: ${inode ? (udp.has(inode) ? "UDP socket" : "other socket") : target.replace(/[:[/].*/, "") || "on disk"}`,
      );
    }
  }
  for (const file of await readdir(folder)) {
    const resources = JSON.parse(await readFile(path.join(folder, file), "utf8")) as Record<string, number>;
    for (const [name, count] of Object.entries(resources)) add(`resource: ${name}`, count);
  }
  return counts;
}

async function udpInodes(): Promise<Set<string>> {
  const tables = await Promise.all(["udp", "udp6"].map((name) => readFile(`/proc/net/${name}`, "utf8")));
  return new Set(
    tables.flatMap((table) => table.split("\n").map((line) => line.trim().split(/\s+/)[9] ?? "")),
  );
}

function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((total, point) => total + point[at], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const over = points.reduce((total, [x, y]) => total + (x - meanX) * (y - meanY), 0);
  return over / points.reduce((total, [x]) => total + (x - meanX) ** 2, 0);
}
