import type { Clock } from "../clock.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Output } from "./output.ts";

/** Everything of the world that a command may touch, besides the network. */
export interface CommandContext {
  environment: Record<string, string | undefined>;
  clock: Clock;
  /** from 0 to 1 */
  random: () => number;
  newId: () => string;
  output: Output;
  /** Asks on the terminal, showing nothing of the answer. @throws CommandError where there is none */
  promptSecret(question: string): Promise<string>;
  /** of standard input, to its end */
  readFirstLine(): Promise<string>;
  /** What the process ends with when the command has returned. */
  exitWith(code: ExitCode): void;
  /** From this call on Ctrl-C and SIGTERM abort the signal; a second one ends the process where it stands. */
  untilInterrupted(): AbortSignal;
}

/** Resolves after `delayMs`, or at once when the signal is aborted. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      cancel();
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const cancel = clock.after(delayMs, finish);
    signal?.addEventListener("abort", finish, { once: true });
  });
}
