import { startChildProgram, type ChildProgram } from "../child-program.ts";
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
const PROGRAM = new URL("./worker-main.ts", import.meta.url);

/** One worker process, as the main process has it. */
export interface WorkerProcess {
  /** undefined: it could not be started */
  readonly pid: number | undefined;
  readonly functions: ChildProgram<WorkerFunctions, MainFunctions>["functions"];
  readonly lent: LentFunctions;
  readonly speech: HostedSpeech;
  /** Settles when it can take calls; rejects when it ends before. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

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
  const { pid, functions, end } = startChildProgram<WorkerFunctions, MainFunctions>({
    program: PROGRAM,
    name: "worker process",
    environment: { MALLOC_ARENA_MAX, ...process.env },
    functions: {
      mediaLost: on.mediaLost,
      digitPressed: on.digitPressed,
      load: on.load,
      invoke: (scope, path, args) => lent.invoke(scope, path, args),
      abort: (token) => lent.abort(token),
    },
    onEnded: on.ended,
  });
  const lent = createLentFunctions({
    invoke: (scope, path, args) => functions.invoke(scope, path, args),
    abort: (token) => void functions.abort.asEvent(token).catch(() => undefined),
  });
  return {
    pid,
    functions,
    lent,
    speech: lent.borrow(SPEECH_SCOPE, {
      startConversation: { $function: "startConversation" },
      speakText: { $function: "speakText" },
      summarize: { $function: "summarize" },
      analyze: { $function: "analyze" },
    }) as HostedSpeech,
    ready: functions.start(settings),
    // It frees its ports at once.
    stop: () => end(functions.stop()),
  };
}
