import { CommanderError, type Command } from "commander";
import { systemClock } from "../clock.ts";
import { newId } from "../ids.ts";
import type { CommandContext } from "./command-context.ts";
import { CommandError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";
import { createOutput } from "./output.ts";
import { createProgram } from "./program.ts";
import { promptSecret, readFirstLine } from "./secret-prompt.ts";

// The process of a command: arguments in, exit code out. Nothing but this file knows `process`.

const args = process.argv.slice(2);
const output = createOutput({
  stdout: process.stdout,
  stderr: process.stderr,
  isJson: args.includes("--json"),
});
const context: CommandContext = {
  environment: process.env,
  clock: systemClock,
  random: Math.random,
  newId,
  output,
  promptSecret: async (question) => promptSecret(question, process),
  readFirstLine: () => readFirstLine(process.stdin),
  exitWith: (code) => (process.exitCode = code),
  untilInterrupted,
};

// `switchhook listen | head`: whoever read has had enough, which is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const program = createProgram(context);
for (const command of withDescendants(program)) settle(command);
try {
  await program.parseAsync(args, { from: "user" });
} catch (error) {
  process.exitCode = tell(error);
}

function tell(error: unknown): number {
  if (error instanceof CommandError) {
    output.problem(error);
    return error.exitCode;
  }
  // Help that was asked for ends with 0; the parser has said the rest itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const text = error instanceof Error ? error.message : String(error);
  output.problem(
    new CommandError(`This is a bug in the command: ${text}`, {
      hint: process.env["SWITCHHOOK_DEBUG"]
        ? String(error instanceof Error ? error.stack : error)
        : "SWITCHHOOK_DEBUG=1 shows where. Please report it with the command line that you used.",
    }),
  );
  return EXIT.failed;
}

/** The parser throws instead of ending the process, and speaks as all other errors do. */
function settle(command: Command): void {
  command.exitOverride().configureOutput({
    outputError: (text) => {
      const message = text
        .replace(/^error: /, "")
        .trim()
        .replaceAll(/\s*\n\s*/g, " ");
      const hint = `\`${nameOf(command)} --help\` says what it takes.`;
      output.problem(new CommandError(message, { exitCode: EXIT.usage, hint }));
    },
  });
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : `npx ${command.name()}`;
}

function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}

function untilInterrupted(): AbortSignal {
  const abort = new AbortController();
  const interrupt = () => {
    if (abort.signal.aborted) process.exit(EXIT.failed);
    abort.abort();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  return abort.signal;
}
