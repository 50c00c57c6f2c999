import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../bin/switchhook.js", import.meta.url));

/** A command as people start it: a process of its own, told by its arguments and its environment. */
export interface RunningCommand {
  stdout(): string;
  stderr(): string;
  /** Resolves when the output so far, of both kinds, matches. @throws when the command ends before */
  waitFor(pattern: RegExp): Promise<void>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<CommandResult>;
  ended: Promise<CommandResult>;
}

export interface CommandResult {
  /** null: ended by a signal */
  code: number | null;
  stdout: string;
  stderr: string;
}

export function startCommand(
  args: readonly string[],
  environment: Record<string, string> = {},
  input?: string,
): RunningCommand {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env["PATH"], TZ: "UTC", ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // One that reads nothing has ended before this arrives.
  child.stdin.on("error", () => undefined).end(input ?? "");
  let [stdout, stderr] = ["", ""];
  let waiters: (() => void)[] = [];
  const wake = () => {
    for (const waiter of waiters) waiter();
  };
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    wake();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    wake();
  });
  const ended = new Promise<CommandResult>((resolve) =>
    child.once("close", (code) => resolve({ code, stdout, stderr })),
  );
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    async waitFor(pattern) {
      let waiter: () => void = () => undefined;
      const matched = new Promise<void>((resolve) => {
        waiter = () => {
          if (pattern.test(stdout + stderr)) resolve();
        };
      });
      waiters.push(waiter);
      waiter();
      const first = await Promise.race([matched, ended]);
      waiters = waiters.filter((other) => other !== waiter);
      if (first && !pattern.test(stdout + stderr)) {
        throw new Error(`ended with ${first.code} before ${pattern}:\n${stdout}\n${stderr}`);
      }
    },
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

export function runCommand(
  args: readonly string[],
  environment?: Record<string, string>,
  input?: string,
): Promise<CommandResult> {
  return startCommand(args, environment, input).ended;
}

/** What a command said with --json. */
export function jsonLines({ stdout }: { stdout: string }): any[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}
