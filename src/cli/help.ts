import type { Command } from "commander";

const PROGRAM = "npx switchhook";

export function addJsonOption(command: Command, description: string): Command {
  return command.option("--json", description);
}

/** @param examples what it does, and the command line without the program */
export function addExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const lines = examples.map(([what, line]) => `  ${what}:\n    ${PROGRAM} ${line}`);
  return command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}
