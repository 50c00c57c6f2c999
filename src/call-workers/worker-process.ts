import { createBirpc, type BirpcReturn } from "birpc";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createLentFunctions, type LentFunctions } from "./lent-functions.ts";
import {
  SPEECH_SCOPE,
  type HostedSpeech,
  type MainFunctions,
  type WorkerFunctions,
  type WorkerLoad,
  type WorkerSettings,
} from "./worker-contract.ts";
import type { Digit } from "../telephony/carrier.ts";

/**
 * glibc gives each thread pools of its own, eight a core, and a block freed in one does not serve another: a worker has 18
 * threads, and every call would leave some of its memory in a few more of them. An operator's own value wins.
 */
const MALLOC_ARENA_MAX = "2";
const PROGRAM = fileURLToPath(new URL("./worker-main.ts", import.meta.url));

/** One worker process, as the main process has it. */
export interface WorkerProcess {
  /** undefined: it could not be started */
  readonly pid: number | undefined;
  readonly functions: BirpcReturn<WorkerFunctions, MainFunctions>;
  readonly lent: LentFunctions;
  readonly speech: HostedSpeech;
  /** Settles when it can take calls; rejects when it ends before. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/** It frees its ports at once; one that does not is ended. */
const STOP_WITHIN_MS = 3_000;

export function startWorkerProcess(
  settings: WorkerSettings,
  on: {
    mediaLost(mediaId: string, detail: string): void;
    digitPressed(mediaId: string, digit: Digit): void;
    load(load: WorkerLoad): void;
    /** It is gone: by itself, or because it was stopped. Everything that was asked of it has been refused by then. */
    ended(detail: string): void;
  },
): WorkerProcess {
  // `advanced`: samples, errors and undefined arrive as what they were.
  const child = fork(PROGRAM, {
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { MALLOC_ARENA_MAX, ...process.env },
  });
  const functions = createBirpc<WorkerFunctions, MainFunctions>(
    {
      mediaLost: on.mediaLost,
      digitPressed: on.digitPressed,
      load: on.load,
      invoke: (scope, path, args) => lent.invoke(scope, path, args),
      abort: (token) => lent.abort(token),
    },
    {
      // The channel's end is told by `exit`; a send that fails before it is not another piece of news.
      post: (message) => void child.send(message, () => undefined),
      on: (listener) => void child.on("message", listener),
      timeout: -1,
    },
  );
  const lent = createLentFunctions({
    invoke: (scope, path, args) => functions.invoke(scope, path, args),
    abort: (token) => void functions.abort.asEvent(token).catch(() => undefined),
  });
  const exited = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      functions.$close(new Error("the worker process could not be started", { cause: error }));
      on.ended(error.message);
      resolve();
    });
    child.once("exit", (code, signal) => {
      functions.$close(new Error("the worker process has ended"));
      on.ended(signal ? `signal ${signal}` : `code ${code}`);
      resolve();
    });
  });
  return {
    pid: child.pid,
    functions,
    lent,
    speech: lent.borrow(SPEECH_SCOPE, {
      startConversation: { $function: "startConversation" },
      speakText: { $function: "speakText" },
      summarize: { $function: "summarize" },
    }) as HostedSpeech,
    ready: functions.start(settings),
    async stop() {
      void functions.stop().catch(() => undefined);
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
