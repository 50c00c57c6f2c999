import { Command } from "commander";
import { verifySignature } from "../webhooks/signature.ts";
import { createApiClient } from "./api-client.ts";
import type { CommandContext } from "./command-context.ts";
import { CommandError } from "./command-error.ts";
import { addConnectionOptions, connect, requireHttpUrl, type ConnectionOptions } from "./connection.ts";
import { followEvents, type StreamedEvent } from "./event-stream.ts";
import { EVENT_LIST, requireEventTypes } from "./event-types.ts";
import { EXIT } from "./exit-codes.ts";
import { forwardEvent } from "./forward.ts";
import { addExamples, addJsonOption } from "./help.ts";
import type { HttpAnswer } from "./http-request.ts";
import { createListenReport, type SignatureState } from "./listen-report.ts";
import { parseMoment } from "./moment.ts";
import { readAccountSecret } from "./webhook-secret.ts";

interface ListenOptions extends ConnectionOptions {
  forward?: string;
  since?: string;
  call?: string;
  types?: string[];
  secret?: string;
}

export function listenCommand(context: CommandContext): Command {
  const command = new Command("listen")
    .summary("show webhook events as they happen, and post them to a receiver on this machine")
    .description(
      "Shows every webhook event of your account as it happens and, with --forward, posts each to a receiver " +
        "on this machine: the same bytes and headers as a delivery, freshly signed. No tunnel is needed. " +
        "The server's own deliveries go on as configured. The receiver's answers are shown and go nowhere: a call " +
        "does not wait for this copy of its assistant-request and tool-calls. " +
        "After a lost connection it goes on after the last event. Ctrl-C ends it with a summary.",
    )
    .option("--forward <url>", "the receiver to post to; without it events are only shown")
    .option("--since <time>", "begin with the events since then: 10m, 2h, 7d, or an instant")
    .option("--call <id>", "only the events of one call")
    .option("--types <type...>", `only these (${EVENT_LIST})`)
    .option(
      "--secret <secret>",
      "check signatures with this one; default: the account webhook's, from the server",
    );
  addConnectionOptions(command);
  addJsonOption(command, "JSON lines: one for each event, and the summary at the end");
  addExamples(command, [
    ["Post everything to a receiver on port 3000", "listen --forward http://localhost:3000/hook"],
    ["Begin with the last ten minutes", "listen --forward http://localhost:3000/hook --since 10m"],
    ["Watch how calls end, without a receiver", "listen --types end-of-call-report"],
  ]);
  return command.action((options: ListenOptions) => listen(context, options));
}

async function listen(context: CommandContext, options: ListenOptions): Promise<void> {
  const { clock, output } = context;
  const types = requireEventTypes(options.types);
  const since = options.since && parseMoment(options.since, clock.now(), "--since");
  const forwardTo = options.forward && requireHttpUrl(options.forward, "--forward");
  const connection = connect(options, context.environment);
  const signal = context.untilInterrupted();
  const secret = options.secret ?? (await findSecret(context, createApiClient(clock, connection)));

  const report = createListenReport(output, clock);
  const events = followEvents({
    connection,
    clock,
    random: context.random,
    signal,
    query: { types: types?.join(","), since, call_id: options.call },
    notice: (text) => output.notice(text),
    connected: () =>
      output.notice(
        `listening on ${connection.apiUrl}${forwardTo ? `, posting to ${forwardTo}` : ""}; Ctrl-C ends it`,
      ),
  });
  for await (const event of events) {
    const signature = checkSignature(event, secret, clock.now());
    let answer: HttpAnswer | undefined;
    if (forwardTo) {
      answer = await forwardEvent(clock, event, forwardTo, signal);
      if (answer.outcome === "aborted") break;
    }
    report.event({ event, signature, answer });
  }
  report.summary();
}

/** Fails open: an event whose signature nobody can check is still worth seeing. A refused key is not forgiven. */
async function findSecret(
  { output }: CommandContext,
  api: ReturnType<typeof createApiClient>,
): Promise<string | undefined> {
  try {
    return await readAccountSecret(api);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.exitCode === EXIT.unauthorized || error.exitCode === EXIT.unreachable) throw error;
    output.notice(`signatures are not checked: ${error.message}`);
    return undefined;
  }
}

function checkSignature(event: StreamedEvent, secret: string | undefined, now: Date): SignatureState {
  if (secret === undefined) return "unchecked";
  const header = (name: string) =>
    Object.entries(event.headers).find(([given]) => given.toLowerCase() === name)?.[1] ?? "";
  return verifySignature({
    secret,
    timestamp: header("x-webhook-timestamp"),
    signature: header("x-webhook-signature"),
    body: event.body,
    nowSeconds: now.getTime() / 1_000,
  });
}
