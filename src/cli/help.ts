import type { Command } from "commander";

const PROGRAM = "npx switchhook";

export function addJsonOption(command: Command, description: string): Command {
  return command.option("--json", description);
}

/** @param examples what it does, and the command line without the program; settings may stand before it */
export function addExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const lines = examples.map(([what, line]) => {
    const full = line.replace(/^((?:[A-Z_]+=\S+ )*)/, `$1${PROGRAM} `);
    return `  ${what}${what.endsWith("?") ? "" : ":"}\n    ${full}`;
  });
  return command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}
