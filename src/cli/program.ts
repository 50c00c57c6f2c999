import { readFileSync } from "node:fs";
import { Command } from "commander";
import { checkReceiverCommand } from "./check-receiver-command.ts";
import type { CommandContext } from "./command-context.ts";
import { demoCommand } from "./demo-command.ts";
import { doctorCommand } from "./doctor-command.ts";
import { eventsCommand } from "./events-command.ts";
import { EXIT_MEANINGS } from "./exit-codes.ts";
import { keysCommand } from "./keys-command.ts";
import { listenCommand } from "./listen-command.ts";
import { rotateSecretKeyCommand } from "./rotate-secret-key-command.ts";
import { startCommand } from "./start-command.ts";
import { triggerCommand } from "./trigger-command.ts";
import { userCommand } from "./user-command.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** The whole command line; `main.ts` runs it, and docs/cli.md is made from its help. */
export function createProgram(context: CommandContext): Command {
  return new Command("switchhook")
    .usage("<command> [options]")
    .description(
      "Switchhook answers telephone calls with an assistant and tells your systems of everything by webhook. " +
        "These commands run it, and help to write what receives its webhooks.",
    )
    .version(version, "-V, --version")
    .addCommand(startCommand(context))
    .addCommand(demoCommand(context))
    .addCommand(listenCommand(context))
    .addCommand(eventsCommand(context))
    .addCommand(triggerCommand(context))
    .addCommand(checkReceiverCommand(context))
    .addCommand(keysCommand(context))
    .addCommand(userCommand(context))
    .addCommand(rotateSecretKeyCommand(context))
    .addCommand(doctorCommand(context))
    .addHelpText("after", epilogue());
}

function epilogue(): string {
  const codes = EXIT_MEANINGS.map(([code, meaning]) => `  ${code}  ${meaning}`);
  return `
Settings:
  SWITCHHOOK_API_KEY  the API key that commands use
  SWITCHHOOK_URL      the server that they talk to
  NO_COLOR            no colours, whatever the terminal can

Exit codes:
${codes.join("\n")}

First steps:
  npx switchhook start                                    in one terminal; it prints an API key
  export SWITCHHOOK_API_KEY=fl_…                          in another
  npx switchhook listen --forward http://localhost:3000/  your receiver gets every event
  npx switchhook <command> --help                         what a command takes, with examples`;
}
