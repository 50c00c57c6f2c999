import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expandScenario, withOptions } from "./sipp-parts.ts";

/** One message as sipp saw it. */
export interface Seen {
  direction: "sent" | "received";
  atMs: number;
  text: string;
}

export interface SippRun {
  passed: boolean;
  /** everything that went over the wire, repeats included */
  ladder: Seen[];
  /** for people: what went wrong and the messages */
  story: string;
}

export interface SippOptions {
  /** the scenario's file in `sipp/` */
  file: URL;
  folder: string;
  role: "calls" | "is-called";
  serverPort: number;
  /** of ours */
  number: string;
  /** theirs */
  caller: string;
  transport: "u1" | "t1" | "tn";
  /** sipp's own; undefined: 127.0.0.1 */
  address?: string | undefined;
  /** a trunk of ours: it is asked by OPTIONS, once, whether it is there, before, during or after the call */
  isTrunk?: boolean | undefined;
  /** a scenario for calls that come in beside the one that it places */
  beside?: URL | undefined;
  /** undefined: any free one */
  sipPort?: number | undefined;
  mediaPort: number;
  controlPort: number;
  /** words in the scenario that stand for something else: `[status]` */
  keys?: Readonly<Record<string, string>> | undefined;
  more?: readonly string[] | undefined;
}

/** A scenario with the longest timer (64 × T1) in it ends well before this. */
const LONGEST_SECONDS = 50;

/** Runs one scenario for one call. Its files stay in the folder. */
export async function runSipp(options: SippOptions): Promise<SippRun> {
  const name = path.basename(options.file.pathname, ".xml");
  const place = (kind: string) => path.join(options.folder, `${name}-${options.controlPort}.${kind}`);
  const scenario = await readFile(options.file, "utf8");
  await writeFile(
    place("xml"),
    expandScenario(options.isTrunk ? withOptions(scenario) : scenario, options.keys),
  );
  const beside: string[] = [];
  if (options.beside) {
    await writeFile(
      place("beside.xml"),
      expandScenario(await readFile(options.beside, "utf8"), options.keys),
    );
    beside.push("-oocsf", place("beside.xml"));
  }
  const address = options.address ?? "127.0.0.1";
  const target = options.role === "calls" ? [`127.0.0.1:${options.serverPort}`, "-s", options.number] : [];
  const port = options.sipPort === undefined ? [] : ["-p", String(options.sipPort)];
  const parameters = [
    ...target,
    "-sf",
    place("xml"),
    "-t",
    options.transport,
    "-i",
    address,
    "-mi",
    address,
    "-mp",
    String(options.mediaPort),
    "-cp",
    String(options.controlPort),
    ...port,
    ...beside,
    "-key",
    "caller",
    options.caller,
    "-m",
    options.isTrunk ? "2" : "1",
    "-nostdin",
    "-timer_resol",
    "10",
    "-max_socket",
    "100",
    "-recv_timeout",
    "20000",
    "-timeout",
    String(LONGEST_SECONDS),
    "-timeout_error",
    "-trace_msg",
    "-message_file",
    place("messages"),
    "-trace_err",
    "-error_file",
    place("errors"),
    ...(options.more ?? []),
  ];
  const code = await new Promise<number>((resolve) =>
    execFile(
      "sipp",
      parameters,
      { cwd: options.folder, maxBuffer: 50_000_000, env: { ...process.env, TERM: "dumb" } },
      (error) => resolve(error ? Number(error.code ?? 1) : 0),
    ),
  );
  const messages = await readFile(place("messages"), "utf8").catch(() => "");
  const errors = await readFile(place("errors"), "utf8").catch(() => "");
  return {
    passed: code === 0,
    ladder: readLadder(messages),
    story: `sipp ended with ${code}\nsipp ${parameters.join(" ")}\n${errors}\n${messages}`,
  };
}

/** Reads what `-trace_msg` wrote. */
export function readLadder(text: string): Seen[] {
  const seen: Seen[] = [];
  const parts = text.split(/^-{20,} (?=\d{4}-\d\d-\d\d)/m).slice(1);
  for (const part of parts) {
    const head =
      /^(\d{4}-\d\d-\d\d)[ \t](\d\d:\d\d:\d\d\.\d+)[^\n]*\n(?:UDP|TCP) message (sent|received)[^\n]*\n+/.exec(
        part,
      );
    if (!head) continue;
    seen.push({
      direction: head[3] === "sent" ? "sent" : "received",
      atMs: Date.parse(`${head[1]}T${head[2]!.slice(0, 12)}Z`),
      text: part.slice(head[0].length),
    });
  }
  return seen;
}

/** Each file runs in a worker of its own; below the ports that the system hands out. */
let lastMediaPort = 26_000 + Number(process.env["VITEST_POOL_ID"] ?? 0) * 800;

/** sipp takes four from here: audio and video, each with RTCP. */
export function nextMediaPort(): number {
  lastMediaPort += 4;
  return lastMediaPort;
}

/**
 * Below the ports that the system hands out (32768), so that none is lost between being looked at and being used; each
 * file's own, and from another place in each run, for runs side by side.
 */
const FREE_PORTS = 850;
const firstFreePort = 29_200 + Number(process.env["VITEST_POOL_ID"] ?? 0) * FREE_PORTS;
let portsGiven = process.pid;

/** A port that nobody had a moment ago, by UDP or TCP. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = firstFreePort + (portsGiven++ % FREE_PORTS);
    if ((await isFree(port, "udp")) && (await isFree(port, "tcp"))) return port;
  }
}

async function isFree(port: number, protocol: "udp" | "tcp"): Promise<boolean> {
  const held = protocol === "udp" ? createSocket("udp4") : createServer();
  const isBound = await new Promise<boolean>((resolve) => {
    held.once("error", () => resolve(false));
    const bound = () => resolve(true);
    if ("listen" in held) held.listen(port, "0.0.0.0", bound);
    else held.bind(port, "0.0.0.0", bound);
  });
  if (isBound) await new Promise<void>((resolve) => held.close(() => resolve()));
  return isBound;
}

/** Whether some process has bound the port: sipp does not say when it is ready. */
export async function isListening(port: number, protocol: "udp" | "tcp"): Promise<boolean> {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const table = await readFile(`/proc/net/${protocol}`, "utf8");
  return table.includes(`:${hex} 00000000:0000 ${protocol === "udp" ? "07" : "0A"}`);
}
