import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { EXIT } from "./exit-codes.ts";
import { addExamples, addJsonOption } from "./help.ts";

const DEMO = fileURLToPath(new URL("../../demo/main.ts", import.meta.url));

export function demoCommand(context: CommandContext): Command {
  const command = new Command("demo")
    .summary("a whole call over loopback, told as it happens")
    .description(
      "Places a real call to a server of its own, in a temporary folder, as `npm run demo` does, and tells what " +
        "happens: SIP, webhooks with their signatures, turns, tools. It needs no server and no key.",
    );
  addJsonOption(command, "JSON lines: one for each thing that happens");
  addExamples(command, [
    ["With everything scripted", "demo"],
    ["With a real model and real speech recognition", "OPENAI_API_KEY=sk-… demo"],
  ]);
  // A program of its own: it is a script that ends its process, and nothing in src/ knows of it.
  return command.action(
    () =>
      new Promise<void>((resolve, reject) => {
        const args = context.output.isJson ? [DEMO, "--json"] : [DEMO];
        const child = spawn(process.execPath, args, { stdio: "inherit" });
        // Ctrl-C reaches the demo by itself, SIGTERM does not; either way this waits for its end.
        context.untilInterrupted().addEventListener("abort", () => child.kill(), { once: true });
        child.once("error", reject);
        child.once("exit", (code) => {
          if (code !== 0) context.exitWith(EXIT.failed);
          resolve();
        });
      }),
  );
}
