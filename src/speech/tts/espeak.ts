import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Speech as samples, 16 bit mono. */
export interface Speech {
  samples: Int16Array;
  sampleRateHz: number;
}

/**
 * The voice that needs no key: eSpeak NG in a process of its own (its licence is the GPL's, ours is not; we talk to
 * it as to any program). One process for all calls, started with the first word and again whenever it dies.
 */
export interface Espeak {
  /** @throws when the program fails or does not answer in time */
  synthesize(text: string, voice: string, signal?: AbortSignal): Promise<Speech>;
  stop(): Promise<void>;
}

/** undefined: the optional package is there. Else what to tell the operator. */
export function espeakMissing(): string | undefined {
  try {
    createRequire(import.meta.url).resolve("espeak-ng");
    return undefined;
  } catch {
    return "the voice `local` needs the optional package espeak-ng: npm install espeak-ng";
  }
}

const PROGRAM = fileURLToPath(new URL("./espeak-program.js", import.meta.url));
/** far more than a long sentence takes (50 ms); a program that needs longer hangs */
const ANSWER_WITHIN_MS = 10_000;
/** eSpeak voice names: language tags with variants, "en-us+f3" */
const VOICE = /^[a-z]{2,3}([-+_][a-z0-9]+)*$/i;

interface Waiting {
  resolve: (speech: Speech) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

export function createEspeak(): Espeak {
  const waiting = new Map<number, Waiting>();
  let program: ChildProcessWithoutNullStreams | undefined;
  let lastId = 0;

  function start(): ChildProcessWithoutNullStreams {
    const child = spawn(process.execPath, [PROGRAM], { stdio: ["pipe", "pipe", "pipe"] });
    createInterface({ input: child.stdout }).on("line", (line) => line.startsWith("{") && answer(line));
    child.stderr.resume();
    child.stdin.on("error", () => undefined);
    child.once("error", () => undefined);
    child.once("close", () => {
      if (program === child) program = undefined;
      for (const id of waiting.keys()) settle(id, new Error("eSpeak NG ended unexpectedly"));
    });
    // It must not keep us alive: whoever waits for an answer has a timer.
    child.unref();
    return child;
  }

  function answer(line: string): void {
    const { id, wav, error } = JSON.parse(line) as { id: number; wav?: string; error?: string };
    settle(
      id,
      wav === undefined ? new Error(`eSpeak NG failed: ${error}`) : parseWav(Buffer.from(wav, "base64")),
    );
  }

  function settle(id: number, result: Speech | Error): void {
    const request = waiting.get(id);
    if (!request) return;
    waiting.delete(id);
    clearTimeout(request.timer);
    if (result instanceof Error) request.reject(result);
    else request.resolve(result);
  }

  return {
    synthesize(text, voice, signal) {
      if (!VOICE.test(voice)) return Promise.reject(new Error(`${voice} is not the name of an eSpeak voice`));
      program ??= start();
      const { stdin } = program;
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          settle(id, new Error(`eSpeak NG did not answer within ${ANSWER_WITHIN_MS} ms`));
          program?.kill("SIGKILL");
        }, ANSWER_WITHIN_MS);
        waiting.set(id, { resolve, reject, timer });
        signal?.addEventListener("abort", () => settle(id, new Error("aborted")), { once: true });
        stdin.write(`${JSON.stringify({ id, voice, text })}\n`);
      });
    },
    async stop() {
      const child = program;
      if (!child) return;
      program = undefined;
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** RIFF as eSpeak writes it: one `fmt ` chunk, one `data` chunk, 16 bit mono. */
export function parseWav(wav: Buffer): Speech {
  const dataAt = wav.indexOf("data", 12, "latin1");
  if (wav.toString("latin1", 0, 4) !== "RIFF" || dataAt === -1) throw new Error("not a WAV file");
  const bytes = wav.subarray(dataAt + 8);
  const samples = new Int16Array(Math.floor(bytes.length / 2));
  for (let index = 0; index < samples.length; index++) samples[index] = bytes.readInt16LE(index * 2);
  return { samples, sampleRateHz: wav.readUInt32LE(24) };
}
