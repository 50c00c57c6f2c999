import type { Command } from "commander";
import type { CommandContext } from "../src/cli/command-context.ts";
import { CHECK_GROUPS } from "../src/cli/conformance/conformance.ts";
import { createOutput } from "../src/cli/output.ts";
import { createProgram } from "../src/cli/program.ts";
import { systemClock } from "../src/clock.ts";

const WIDTH = 100;

/** docs/cli.md, made from the help texts, so that the page cannot say anything else than the commands do. */
export function renderCliPage(): string {
  const program = createProgram(idleContext());
  const commands = program.commands.flatMap((command) =>
    command.commands.length > 0 ? [...command.commands] : [command],
  );
  const contents = commands.map((command) => {
    const name = nameOf(command);
    return `- [\`${name}\`](#${name.replaceAll(" ", "-")}): ${command.summary()}`;
  });
  return `${[
    "# The command line",
    "Made from the help texts by `npm run docs:cli`; a test fails when they differ.",
    "Run the commands in the project's folder, after `npm ci`. Every command takes `--json`: results are JSON on stdout, an error is one JSON object on stderr. Without it they are lines for people, in colour on a terminal.",
    contents.join("\n"),
    section(program),
    ...commands.map(section),
    "### What check-receiver checks",
    checks(),
  ].join("\n\n")}\n`;
}

function section(command: Command): string {
  return `## ${nameOf(command)}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\``;
}

function checks(): string {
  const rows = CHECK_GROUPS.flatMap(({ title: group, checks: ofGroup }) =>
    ofGroup.map(({ id, title }) => `| ${group} | \`${id}\` | ${title} |`),
  );
  return ["| | id in the JSON | the receiver … |", "|---|---|---|", ...rows].join("\n");
}

/** Without the program's own name: `events list`. */
function nameOf(command: Command): string {
  if (!command.parent) return command.name();
  return command.parent.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

/** As `--help` prints it, examples included. */
function helpOf(command: Command): string {
  let help = "";
  command.configureOutput({
    writeOut: (text) => (help += text),
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return help.trim();
}

/** Help asks nothing of the world. */
function idleContext(): CommandContext {
  return {
    environment: {},
    clock: systemClock,
    random: () => 0,
    newId: () => "",
    output: createOutput({ stdout: process.stdout, stderr: process.stderr, isJson: false }),
    promptSecret: () => Promise.reject(new Error("nobody is asked here")),
    readFirstLine: () => Promise.reject(new Error("nothing is read here")),
    exitWith: () => undefined,
    untilInterrupted: () => new AbortController().signal,
  };
}
