import { Command, Option } from "commander";
import { apiOf, type ApiClient } from "./api-client.ts";
import type { CommandContext } from "./command-context.ts";
import { CommandError } from "./command-error.ts";
import { addConnectionOptions, type ConnectionOptions } from "./connection.ts";
import { EXIT } from "./exit-codes.ts";
import { addExamples, addJsonOption } from "./help.ts";

/** As the API has it. */
interface WireUser {
  id: string;
  email: string;
  has_totp: boolean;
  last_signed_in_at: string | null;
  organizations: { name: string; role: string }[];
}

interface PasswordOptions extends ConnectionOptions {
  passwordStdin?: boolean;
}

export function userCommand(context: CommandContext): Command {
  return new Command("user")
    .summary("people who sign in to the dashboard: making accounts, lost passwords")
    .description(
      "The people who sign in to the dashboard. For who runs the installation: these commands take a key of its " +
        "first organization, the one that the first start printed.",
    )
    .addCommand(listCommand(context))
    .addCommand(createCommand(context))
    .addCommand(resetCommand(context))
    .addCommand(linkCommand(context));
}

function listCommand(context: CommandContext): Command {
  const command = new Command("list")
    .summary("everybody, with organizations and roles")
    .description("Lists everybody who can sign in, with their organizations, roles and last sign-in.");
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: { users }, as the API answers");
  addExamples(command, [["Who can sign in?", "user list"]]);
  return command.action(async (options: ConnectionOptions) => {
    const answer = await apiOf(context, options).get("/users");
    context.output.json(answer);
    const users = answer["users"] as WireUser[];
    if (users.length === 0) context.output.notice("nobody yet: `user create --email you@example.org`");
    for (const user of users) {
      const roles = user.organizations.map(({ name, role }) => `${role} of ${name}`).join(", ");
      const seen = user.last_signed_in_at ? `signed in ${user.last_signed_in_at}` : "never signed in";
      context.output.line(
        [user.email, roles || "no organization", user.has_totp ? "second factor" : "", seen]
          .filter(Boolean)
          .join("  "),
      );
    }
  });
}

function createCommand(context: CommandContext): Command {
  const command = new Command("create")
    .requiredOption("--email <address>", "what they sign in with")
    .summary("make an account")
    .description(
      "Makes an account, as a member of the key's organization, and asks for its password on the terminal. " +
        "Somebody in another organization is invited in the dashboard instead.",
    )
    .option("--name <name>", "as others see it")
    .addOption(
      new Option("--role <role>", "what they may do")
        .choices(["owner", "member", "read-only"])
        .default("owner"),
    )
    .option("--organization <id>", "a member of this one instead");
  addPasswordOption(command);
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: { user }, as the API answers");
  addExamples(command, [
    [
      "The first owner, where the server listens on more than loopback",
      "user create --email ann@example.org",
    ],
    ["In a script", "user create --email ann@example.org --password-stdin < password.txt"],
  ]);
  return command.action(
    async (
      options: PasswordOptions & { email: string; name?: string; role: string; organization?: string },
    ) => {
      const api = apiOf(context, options);
      const password = await newPassword(context, options);
      const answer = await api.post("/users", {
        email: options.email,
        password,
        role: options.role,
        ...(options.name !== undefined && { name: options.name }),
        ...(options.organization !== undefined && { organization_id: options.organization }),
      });
      context.output.json(answer);
      context.output.line(`${(answer["user"] as WireUser).email} can sign in at ${siteOf(api)}/`);
    },
  );
}

function resetCommand(context: CommandContext): Command {
  const command = new Command("reset-password")
    .argument("<email>", "whose")
    .summary("set somebody's password, and end their sessions")
    .description(
      "Sets somebody's password and ends their sessions. `user link` lets them choose one themselves instead.",
    )
    .option(
      "--remove-totp",
      "remove their second factor as well: the telephone is lost, and the recovery codes",
    );
  addPasswordOption(command);
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: { user }, as the API answers");
  addExamples(command, [
    ["Forgotten", "user reset-password ann@example.org"],
    ["The telephone is lost, too", "user reset-password ann@example.org --remove-totp"],
  ]);
  return command.action(async (email: string, options: PasswordOptions & { removeTotp?: boolean }) => {
    const api = apiOf(context, options);
    const { id } = await findUser(api, email);
    const password = await newPassword(context, options);
    const answer = await api.patch(`/users/${id}`, {
      password,
      ...(options.removeTotp && { remove_totp: true }),
    });
    context.output.json(answer);
    context.output.line("done; their sessions have ended");
  });
}

function linkCommand(context: CommandContext): Command {
  const command = new Command("link")
    .argument("[email]", "whose; nobody's: the first visitor's, while there are no accounts")
    .summary("a link that works once: for a new password, or the first visit")
    .description(
      "Makes a link that works once, for a day. With an e-mail it lets that person choose a new password and signs " +
        "them in; without one it is the link for the first visitor, which the first start on loopback prints.",
    );
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: { link: { url, expires_at } }, as the API answers");
  addExamples(command, [
    ["For somebody who has forgotten their password", "user link ann@example.org"],
    ["For the first visit", "user link"],
  ]);
  return command.action(async (email: string | undefined, options: ConnectionOptions) => {
    const api = apiOf(context, options);
    const path =
      email === undefined ? "/users/welcome-link" : `/users/${(await findUser(api, email)).id}/link`;
    const answer = await api.post(path);
    context.output.json(answer);
    const { url, expires_at: until } = answer["link"] as { url: string; expires_at: string };
    context.output.line(url);
    context.output.notice(`works once, until ${until}`);
  });
}

function addPasswordOption(command: Command): void {
  command.option("--password-stdin", "the password is the first line of standard input");
}

async function newPassword(context: CommandContext, { passwordStdin }: PasswordOptions): Promise<string> {
  if (passwordStdin) return context.readFirstLine();
  const password = await context.promptSecret("New password: ");
  if ((await context.promptSecret("Again: ")) === password) return password;
  throw new CommandError("The two are not the same.", { exitCode: EXIT.usage });
}

async function findUser(api: ApiClient, email: string): Promise<WireUser> {
  const users = (await api.get("/users"))["users"] as WireUser[];
  const user = users.find((each) => each.email === email.trim().toLowerCase());
  if (user) return user;
  throw new CommandError(`There is nobody with the e-mail ${email}.`, {
    hint: "`npx switchhook user list` shows everybody.",
    exitCode: EXIT.notFound,
  });
}

function siteOf(api: ApiClient): string {
  return api.connection.apiUrl.replace(/\/api\/v1$/, "");
}
