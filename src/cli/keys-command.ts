import { Command } from "commander";
import { apiOf } from "./api-client.ts";
import type { CommandContext } from "./command-context.ts";
import { addConnectionOptions, type ConnectionOptions } from "./connection.ts";
import { addExamples, addJsonOption } from "./help.ts";
import type { Output } from "./output.ts";

/** As the API has it. */
interface WireApiKey {
  id: string;
  name: string;
  prefix: string | null;
  last_used_at: string | null;
  expires_at: string | null;
  revoked_at: string | null;
}

interface KeyOptions extends ConnectionOptions {
  organization?: string;
}

export function keysCommand(context: CommandContext): Command {
  return new Command("keys")
    .summary("API keys: which there are, making and revoking them")
    .description("The API keys of your organization, or of a child of it.")
    .addCommand(listCommand(context))
    .addCommand(createCommand(context))
    .addCommand(revokeCommand(context));
}

function listCommand(context: CommandContext): Command {
  const command = new Command("list")
    .summary("the keys, and when each was last used")
    .description(
      "Lists the keys: never the keys themselves, but how they begin, and when each was last used.",
    );
  addKeyOptions(command);
  addJsonOption(command, "one JSON value: { api_keys }, as the API answers");
  addExamples(command, [["Which key can go?", "keys list"]]);
  return command.action(async (options: KeyOptions) => {
    const answer = await apiOf(context, options).get("/api-keys", { organization_id: options.organization });
    context.output.json(answer);
    for (const key of answer["api_keys"] as WireApiKey[]) showKey(context.output, key);
  });
}

function createCommand(context: CommandContext): Command {
  const command = new Command("create")
    .argument("<name>", "what it is for")
    .summary("make a key, which is shown this once")
    .description("Makes a key and prints it. It cannot be shown again: the server keeps its hash alone.")
    .option("--expires <time>", "when it ends, such as 2027-01-31T00:00:00Z");
  addKeyOptions(command);
  addJsonOption(command, "one JSON value: { api_key }, as the API answers");
  addExamples(command, [
    ["A key for the build server", 'keys create "build server"'],
    ["One that ends by itself", "keys create intern --expires 2027-01-31T00:00:00Z"],
  ]);
  return command.action(async (name: string, options: KeyOptions & { expires?: string }) => {
    const answer = await apiOf(context, options).post("/api-keys", {
      name,
      ...(options.expires !== undefined && { expires_at: options.expires }),
      ...(options.organization !== undefined && { organization_id: options.organization }),
    });
    context.output.json(answer);
    const { key } = answer["api_key"] as { key: string };
    context.output.line(key);
    context.output.notice("shown this once");
  });
}

function revokeCommand(context: CommandContext): Command {
  const command = new Command("revoke")
    .argument("<id>", "the key's id, of `keys list`")
    .summary("end a key, at once")
    .description(
      "Ends a key at once. It stays in the list. The last good key of an organization cannot be revoked.",
    );
  addKeyOptions(command);
  addJsonOption(command, "one JSON value: { success }");
  addExamples(command, [["End a key that has leaked", "keys revoke 019ab0c2-…"]]);
  return command.action(async (id: string, options: KeyOptions) => {
    const path = `/api-keys/${encodeURIComponent(id)}`;
    const answer = await apiOf(context, options).delete(path, { organization_id: options.organization });
    context.output.json(answer);
    context.output.line("revoked");
  });
}

function addKeyOptions(command: Command): void {
  command.option("--organization <id>", "of this child of your organization");
  addConnectionOptions(command);
}

function showKey(output: Output, key: WireApiKey): void {
  const state = key.revoked_at ? "revoked" : key.expires_at ? `until ${key.expires_at}` : "";
  const used = key.last_used_at ? `used ${key.last_used_at}` : "never used";
  output.line(
    [key.id, `${key.prefix ?? "fl_"}…`.padEnd(13), key.name, used, state].filter(Boolean).join("  "),
  );
}
