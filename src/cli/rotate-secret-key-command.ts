import { Command } from "commander";
import { readConfig } from "../config.ts";
import type { CommandContext } from "./command-context.ts";
import { CommandError } from "./command-error.ts";
import { addExamples, addJsonOption } from "./help.ts";

export function rotateSecretKeyCommand(context: CommandContext): Command {
  const command = new Command("rotate-secret-key")
    .summary("replace the key that the stored secrets are sealed with")
    .description(
      "Makes a new master key and puts every stored secret under it: webhook secrets, trunk passwords, provider keys. " +
        "Stop the server first. With the key in the data folder a new one is made; with SWITCHHOOK_SECRET_KEY set, give " +
        "the new key there and the old one as SWITCHHOOK_SECRET_KEY_PREVIOUS, which can be taken away afterwards. " +
        "Interrupted, it leaves everything readable, and is simply run again.",
    );
  addJsonOption(command, "one JSON object: { kind: rotated, secrets, key_is_in_folder }");
  addExamples(command, [
    ["The key of the data folder", "rotate-secret-key"],
    [
      "Keys of the operator's own",
      "SWITCHHOOK_SECRET_KEY=<new> SWITCHHOOK_SECRET_KEY_PREVIOUS=<old> rotate-secret-key",
    ],
  ]);
  return command.action(async () => {
    const { environment, output } = context;
    const read = readConfig(environment);
    if (read.outcome === "invalid") throw new CommandError(read.problems.join("\n"));
    // Loaded only here: no other command needs a database.
    const [{ rotateSecretKey }, { createLogger }] = await Promise.all([
      import("../secret-rotation.ts"),
      import("../logger.ts"),
    ]);
    const result = await rotateSecretKey(read.config, createLogger({ level: "error" }));
    switch (result.outcome) {
      case "in-use":
        throw new CommandError(`The server is running on ${result.dataDirectory}; stop it first.`);
      case "no-previous-key":
        throw new CommandError(
          "SWITCHHOOK_SECRET_KEY is set: give the new key there, and the old one as SWITCHHOOK_SECRET_KEY_PREVIOUS.",
        );
      case "rotated":
        if (output.isJson) {
          output.json({ kind: "rotated", secrets: result.rewrapped, key_is_in_folder: result.isInFolder });
          return;
        }
        output.line(`${result.rewrapped} secrets are under the new key.`);
        output.line(
          result.isInFolder
            ? "The old key is gone from the data folder. Backups made before need it: keep theirs with them."
            : "SWITCHHOOK_SECRET_KEY_PREVIOUS can be taken away now.",
        );
    }
  });
}
