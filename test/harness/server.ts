import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export const API_KEY = "fl_test_0123456789abcdef";

/** The server as people start it: a process of its own, told by its environment, heard by its output. */
export interface RunningServer {
  readonly process: ChildProcess;
  readonly output: () => string;
  apiUrl: string;
  sipPort: number;
  api(
    method: string,
    route: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Sends a signal and waits for the end. @returns the exit code, or the signal's name */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

export function newDataDirectory(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "switchhook-e2e-"));
}

export async function removeDataDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

export type StartResult =
  | { outcome: "ready"; server: RunningServer }
  | { outcome: "ended"; code: number; output: string };

export async function startServer(
  dataDirectory: string,
  environment: Record<string, string> = {},
): Promise<StartResult> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env["PATH"],
      SWITCHHOOK_DATA_DIR: dataDirectory,
      SWITCHHOOK_API_KEY: API_KEY,
      PORT: "0",
      SIP_PORT: "0",
      WEB_RTC_PORT: "0",
      RTP_PORT_RANGE: "22000-22199",
      CALL_WORKERS: "1",
      // A machine that is busy with other tests must not turn calls away.
      MAX_CALLS: "1000",
      LOG_LEVEL: "warn",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<number | string>((resolve) =>
    child.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown")),
  );
  const ready = new Promise<RegExpExecArray>((resolve) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      const match = /^ready {2}API (\S+) {2}SIP sip:\S+:(\d+)/m.exec(output);
      if (match) resolve(match);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
  });
  const first = await Promise.race([ready, ended]);
  if (!Array.isArray(first)) return { outcome: "ended", code: Number(first), output };
  const apiUrl = first[1]!;
  return {
    outcome: "ready",
    server: {
      process: child,
      output: () => output,
      apiUrl,
      sipPort: Number(first[2]),
      async api(method, route, body) {
        const response = await fetch(`${apiUrl}${route}`, {
          method,
          headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return { status: response.status, body: (await response.json()) as Record<string, unknown> };
      },
      end(signal) {
        child.kill(signal);
        return ended;
      },
    },
  };
}

/** Starts, and fails the test when it does not. */
export async function startReadyServer(
  dataDirectory: string,
  environment?: Record<string, string>,
): Promise<RunningServer> {
  const result = await startServer(dataDirectory, environment);
  if (result.outcome === "ended") throw new Error(`the server ended with ${result.code}:\n${result.output}`);
  return result.server;
}
