import { Command } from "commander";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";
import { apiOf } from "./api-client.ts";
import type { CommandContext } from "./command-context.ts";
import { CommandError, usageError } from "./command-error.ts";
import { probe, runChecks } from "./conformance/conformance.ts";
import { createCheckReport } from "./conformance/check-report.ts";
import { createKit } from "./conformance/kit.ts";
import { addConnectionOptions, requireHttpUrl, type ConnectionOptions } from "./connection.ts";
import { EVENT_LIST, requireEventTypes } from "./event-types.ts";
import { EXAMPLE_TOOL, type ExampleCall } from "./example-events.ts";
import { EXIT } from "./exit-codes.ts";
import { describeAnswer } from "./forward.ts";
import { addExamples, addJsonOption } from "./help.ts";
import { OR_SECRET, readAccountSecret } from "./webhook-secret.ts";

interface CheckReceiverOptions extends ConnectionOptions {
  secret?: string;
  previousSecret?: string;
  types?: string[];
  tool?: string;
  toolArguments?: string;
}

export function checkReceiverCommand(context: CommandContext): Command {
  const command = new Command("check-receiver")
    .argument("<url>", "the receiver's URL")
    .summary("find out whether a receiver takes what it must, and refuses what it must")
    .description(
      "Sends a receiver everything that it will meet: each event, repeats, the wrong order, odd and large bodies, " +
        "forged and stale requests. Says of each check pass, warn or fail, with a sentence on what to change. " +
        "Some forty requests in a few seconds. The receiver takes them for real calls: use one for testing.",
    )
    .option("--secret <secret>", "the secret it knows; default: the account webhook's, from the server")
    .option("--previous-secret <secret>", "also check that it takes this one, as during a rotation")
    .option("--types <type...>", `only the events that it is meant for (${EVENT_LIST})`)
    .option("--tool <name>", `a tool that it knows (default ${EXAMPLE_TOOL.name})`)
    .option("--tool-arguments <json>", "the arguments that it is called with");
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: { url, passed, warned, failed, skipped, checks }");
  addExamples(command, [
    ["The example receiver", "check-receiver http://localhost:3000/ --secret whsec_…"],
    ["During a rotation", "check-receiver http://localhost:3000/ --secret new --previous-secret old"],
    [
      "One that only takes reports",
      "check-receiver http://localhost:3000/ --secret whsec_… --types end-of-call-report",
    ],
  ]);
  return command.action((url: string, options: CheckReceiverOptions) => checkReceiver(context, url, options));
}

async function checkReceiver(
  context: CommandContext,
  url: string,
  options: CheckReceiverOptions,
): Promise<void> {
  const { clock, newId, output } = context;
  requireHttpUrl(url, "<url>");
  const types = requireEventTypes(options.types) ?? WEBHOOK_EVENTS;
  const tool = readTool(options);
  const secret = options.secret ?? (await readAccountSecret(apiOf(context, options, OR_SECRET)));
  if (secret === "") throw usageError("--secret: must not be empty.");
  const { previousSecret } = options;
  const signal = context.untilInterrupted();
  const kit = createKit({ url, secret, previousSecret, types, tool, clock, newId, signal });

  const reachability = await probe(kit);
  if (reachability.outcome === "unreachable") {
    throw new CommandError(
      `The receiver at ${url} cannot be reached: ${describeAnswer(reachability.answer)}.`,
      {
        hint: "Start it, or check the URL and the port.",
        exitCode: EXIT.unreachable,
      },
    );
  }
  const report = createCheckReport(output, url);
  for await (const result of runChecks(kit, signal)) report.add(result);
  if (signal.aborted) throw new CommandError("Interrupted before all checks were made.");
  if (report.finish() === "failed") context.exitWith(EXIT.failed);
}

function readTool({ tool, toolArguments }: CheckReceiverOptions): ExampleCall["tool"] {
  if (tool === undefined && toolArguments === undefined) return EXAMPLE_TOOL;
  const name = tool ?? EXAMPLE_TOOL.name;
  let parsed: unknown;
  try {
    parsed = JSON.parse(toolArguments ?? "{}");
  } catch {
    // Told below, together with JSON that is no object.
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw usageError("--tool-arguments: must be a JSON object.", `For example '{"day": "friday"}'.`);
  }
  return { name, arguments: parsed as Record<string, unknown> };
}
