import { fork } from "node:child_process";
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { renderCallerAudio } from "./calls/caller-audio.ts";
import { framesOf } from "./calls/g711-loudness.ts";
import { isPostgres, readProcessTree, sum } from "./calls/process-tree.ts";
import { openSipCallers } from "./calls/sip-callers.ts";
import { KINDS, soakCall } from "./calls/soak-call.ts";
import { startServerProcess } from "./server-process.ts";

const HELP = `npm run soak:calls -- [--calls 2000] [--per-second 10] [--warm-up 200]

Short calls against a server process, a fifth each: refused, cancelled, abandoned without BYE, answered and never
acknowledged, and a talk of five seconds. After the warm-up, and after all, it waits until everything has run out
(130 s), collects the garbage, and compares: open files by kind, the resources that Node waits for (timers, sockets),
the heaps, and resident memory. Resident memory is sampled every 50 calls as well: under load V8 lets it grow.
Ends with 1 when anything is left, a call went otherwise than meant, or 1,000 calls leave more than 2 MB in the
heaps or 25 MB resident.
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
/** a collection a second, in each process */
const COLLECTING_MS = 10_000;
/** of a heap that is collected; what is resident depends on where the collector finds whole pages */
const MOST_HEAP_BYTES_A_CALL = 2e3;
const MOST_RESIDENT_BYTES_A_CALL = 25e3;

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
  const audio = await renderCallerAudio(framesOf);
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
  const before = await atRest();
  await place(Number(values.calls), true);
  console.log(`${placed} calls; waiting until everything has run out`);
  const after = await atRest();
  await callers.close();

  for (const name of [...new Set([...Object.keys(before.open), ...Object.keys(after.open)])].toSorted()) {
    const [was, is] = [before.open[name] ?? 0, after.open[name] ?? 0];
    // Fewer: a pooled connection to the database that was closed for want of use.
    if (is > was) isClean = false;
    console.log(`${name.padEnd(40)} ${was} before, ${is} after${is > was ? "   MORE" : ""}`);
  }
  const sampled = memory.map(([, bytes]) => bytes);
  console.log(
    `resident under load: ${megabytes(Math.min(...sampled))} to ${megabytes(Math.max(...sampled))}, last ${megabytes(sampled.at(-1) ?? 0)}`,
  );
  for (const kind of ["heapBytes", "residentBytes"] as const) {
    const most = kind === "heapBytes" ? MOST_HEAP_BYTES_A_CALL : MOST_RESIDENT_BYTES_A_CALL;
    const bytesACall = (after[kind] - before[kind]) / Number(values.calls);
    if (bytesACall > most) isClean = false;
    console.log(
      `${kind} at rest: ${megabytes(before[kind])} before, ${megabytes(after[kind])} after: ${megabytes(bytesACall * 1_000)} for 1,000 calls`,
    );
  }
  console.log(`${otherwise} of ${placed} calls went otherwise than meant`);
  isClean &&= otherwise === 0;
} finally {
  await server.stop();
  voice.disconnect();
  await rm(folder, { recursive: true, force: true });
}
console.log(isClean ? "clean" : "NOT clean");
process.exit(isClean ? 0 : 1);

function nodeProcesses() {
  return readProcessTree(server.pid).filter((use) => !isPostgres(use));
}

function nodeRss(): number {
  return sum(nodeProcesses(), ({ rssBytes }) => rssBytes);
}

/** What is left when everything has run out, and the garbage is collected. */
async function atRest(): Promise<{
  open: Record<string, number>;
  heapBytes: number;
  residentBytes: number;
}> {
  await sleep(RUN_OUT_MS);
  const collect = path.join(folder, "collect");
  await writeFile(collect, "");
  await sleep(COLLECTING_MS);
  await rm(collect);
  const processes = nodeProcesses();
  console.log(`resident by process: ${processes.map(({ rssBytes }) => megabytes(rssBytes)).join(", ")}`);
  return { ...(await openNow()), residentBytes: sum(processes, ({ rssBytes }) => rssBytes) };
}

/** What the server's own processes have open: files by kind, and what Node waits for. */
async function openNow(): Promise<{ open: Record<string, number>; heapBytes: number }> {
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
  let heapBytes = 0;
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".json"))) {
    const written = JSON.parse(await readFile(path.join(folder, file), "utf8")) as {
      resources: Record<string, number>;
      heapBytes: number;
    };
    for (const [name, count] of Object.entries(written.resources)) add(`resource: ${name}`, count);
    heapBytes += written.heapBytes;
  }
  return { open: counts, heapBytes };
}

async function udpInodes(): Promise<Set<string>> {
  const tables = await Promise.all(["udp", "udp6"].map((name) => readFile(`/proc/net/${name}`, "utf8")));
  return new Set(
    tables.flatMap((table) => table.split("\n").map((line) => line.trim().split(/\s+/)[9] ?? "")),
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
