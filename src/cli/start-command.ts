import { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addExamples, addJsonOption } from "./help.ts";
import { CommandError } from "./command-error.ts";

export function startCommand(context: CommandContext): Command {
  const command = new Command("start")
    .summary("the server: REST API, telephony, webhook delivery, with a database of its own")
    .description(
      "Starts the server, as `npm start` does: REST API, telephony and webhook delivery in one process, with a " +
        "PostgreSQL of its own. Settings are environment variables; README.md lists them, all have defaults. " +
        "The first start prints an API key and a link for the dashboard's first owner, once each. Ctrl-C ends the calls in order and then the process.",
    );
  addJsonOption(
    command,
    "JSON lines: the log, and { kind: ready, api_url, sip_url, api_key, dashboard_url, welcome_url, notices }",
  );
  addExamples(command, [
    ["On this machine", "start"],
    ["On port 8080, with a data folder elsewhere", "PORT=8080 SWITCHHOOK_DATA_DIR=/srv/calls start"],
  ]);
  return command.action(async () => {
    const { environment, output } = context;
    // Loaded only here: no other command waits for the telephony to load.
    const { serve } = await import("../serve.ts");
    if (!output.isJson) return serve(environment);
    return serve(environment, {
      ready: ({ apiUrl, sipUrl, newApiKey, dashboardUrl, welcomeUrl, notices }) =>
        output.json({
          kind: "ready",
          api_url: apiUrl,
          sip_url: sipUrl,
          api_key: newApiKey ?? null,
          dashboard_url: dashboardUrl,
          welcome_url: welcomeUrl ?? null,
          notices,
        }),
      problem: (text) => output.problem(new CommandError(text)),
    });
  });
}
