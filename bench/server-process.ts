import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const API_KEY = "fl_bench_0123456789abcdef";

/** The server as people start it, with its own PostgreSQL, in a folder that goes away with it. */
export interface ServerProcess {
  pid: number;
  sipPort: number;
  api<T>(method: string, route: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** @param nodeOptions  given to Node before the program, such as `--cpu-prof` */
export async function startServerProcess(
  environment: Record<string, string>,
  nodeOptions: readonly string[] = [],
): Promise<ServerProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), "switchhook-bench-"));
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const child = spawn(process.execPath, [...nodeOptions, main], {
    env: {
      PATH: process.env["PATH"],
      SWITCHHOOK_DATA_DIR: folder,
      SWITCHHOOK_API_KEY: API_KEY,
      PORT: "0",
      SIP_PORT: "0",
      WEB_RTC_PORT: "0",
      RTP_PORT_RANGE: "30000-37999",
      LOG_LEVEL: "warn",
      RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
      // What is measured is how calls are carried, not how many are turned away.
      MAX_CALLS: "100000",
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const { apiUrl, sipPort } = await readyLine(child);
  return {
    pid: child.pid!,
    sipPort,
    async api(method, route, body) {
      const response = await fetch(`${apiUrl}${route}`, {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
      return (await response.json()) as never;
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function readyLine(child: ChildProcess): Promise<{ apiUrl: string; sipPort: number }> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
    child.stdout!.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /API (\S+) +SIP sip:\S+?:(\d+)/.exec(output);
      if (ready) resolve({ apiUrl: ready[1]!, sipPort: Number(ready[2]) });
    });
  });
}
