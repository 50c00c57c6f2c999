import { EXIT, type ExitCode } from "./exit-codes.ts";

/**
 * A command cannot go on, and a person can do something about it. Printed as one or two lines, never with a stack;
 * anything else that is thrown is a bug.
 */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: ExitCode;
  /** what to do, as a sentence */
  readonly hint: string | undefined;

  constructor(message: string, more: { hint?: string; exitCode?: ExitCode } = {}) {
    super(message);
    this.hint = more.hint;
    this.exitCode = more.exitCode ?? EXIT.failed;
  }
}

/** The command line is wrong in a way that its parser cannot see. */
export function usageError(message: string, hint?: string): CommandError {
  return new CommandError(message, { exitCode: EXIT.usage, ...(hint !== undefined && { hint }) });
}
