import { createBirpc, type BirpcReturn } from "birpc";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A program of ours in a process of its own, and what it and this one call of each other. */
export interface ChildProgram<Theirs extends object, Ours extends object> {
  /** undefined: it could not be started */
  readonly pid: number | undefined;
  readonly functions: BirpcReturn<Theirs, Ours>;
  /** Resolves when it has ended. @param asked  that it was asked to; one that does not is ended */
  end(asked: Promise<void>): Promise<void>;
}

const END_WITHIN_MS = 3_000;

export function startChildProgram<Theirs extends object, Ours extends object>(options: {
  program: URL;
  /** as errors call it */
  name: string;
  environment?: NodeJS.ProcessEnv;
  functions: Ours;
  /** It is gone: by itself, or because it was asked to. Everything that was asked of it has been refused by then. */
  onEnded: (detail: string) => void;
}): ChildProgram<Theirs, Ours> {
  const { name, onEnded } = options;
  const child = fork(fileURLToPath(options.program), {
    // Bytes, samples, errors and undefined arrive as what they were.
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: options.environment,
  });
  const functions = createBirpc<Theirs, Ours>(options.functions, {
    // The channel's end is told by `exit`; a send that fails before it is not another piece of news.
    post: (message) => void child.send(message, () => undefined),
    on: (listener) => void child.on("message", listener),
    timeout: -1,
  });
  const exited = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      functions.$close(new Error(`the ${name} could not be started`, { cause: error }));
      onEnded(error.message);
      resolve();
    });
    child.once("exit", (code, signal) => {
      functions.$close(new Error(`the ${name} has ended`));
      onEnded(signal ? `signal ${signal}` : `code ${code}`);
      resolve();
    });
  });
  return {
    pid: child.pid,
    functions,
    async end(asked) {
      void asked.catch(() => undefined);
      const timer = setTimeout(() => child.kill("SIGKILL"), END_WITHIN_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
