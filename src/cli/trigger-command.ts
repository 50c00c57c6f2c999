import { Command } from "commander";
import { WEBHOOK_EVENTS, type WebhookEventType } from "../webhooks/event.ts";
import { readAnswerShape } from "./answer-shape.ts";
import { apiOf } from "./api-client.ts";
import type { CommandContext } from "./command-context.ts";
import { addConnectionOptions, requireHttpUrl, type ConnectionOptions } from "./connection.ts";
import { EVENT_LIST, requireEventType } from "./event-types.ts";
import { showAttempt } from "./event-view.ts";
import { exampleCall, exampleEvent, signedHeaders } from "./example-events.ts";
import { EXIT } from "./exit-codes.ts";
import { describeAnswer, isSuccess } from "./forward.ts";
import { addExamples, addJsonOption } from "./help.ts";
import { sendRequest, type HttpAnswer } from "./http-request.ts";
import { formatDuration } from "./moment.ts";
import { shortened } from "./output.ts";
import { OR_SECRET, readAccountSecret, readAssistantSecret } from "./webhook-secret.ts";
import type { WireAttempt } from "./wire-events.ts";

interface TriggerOptions extends ConnectionOptions {
  to?: string;
  assistant?: string;
  secret?: string;
}

const DEADLINE_MS = 10_000;
const LONGEST_ANSWER = 300;

export function triggerCommand(context: CommandContext): Command {
  const command = new Command("trigger")
    .argument("<event>", `${EVENT_LIST}, or all`)
    .summary("send an example of an event to a receiver")
    .description(
      "Sends an example of an event, signed like a real one. Without --to the server sends it to the webhook that " +
        "is configured (the account's, or with --assistant the assistant's), by the same way as every delivery. " +
        "With --to this machine sends it, so that a receiver on localhost can be tried; it needs no server then " +
        "when --secret is given.",
    )
    .option("--to <url>", "send it from this machine to this receiver")
    .option("--assistant <id>", "the assistant whose webhook (or, with --to, whose secret) is used")
    .option("--secret <secret>", "with --to: sign with this; default: the configured one, from the server");
  addConnectionOptions(command);
  addJsonOption(command, "JSON lines: one for each event that was sent");
  addExamples(command, [
    ["Is the configured webhook there?", "trigger status-update"],
    ["All four to a receiver on this machine", "trigger all --to http://localhost:3000/hook"],
    ["Without a server", "trigger tool-calls --to http://localhost:3000/hook --secret whsec_…"],
  ]);
  return command.action(async (event: string, options: TriggerOptions) => {
    const types = event === "all" ? WEBHOOK_EVENTS : [requireEventType(event)];
    const { to } = options;
    if (to === undefined) await sendFromServer(context, types, options);
    else await sendFromHere(context, types, requireHttpUrl(to, "--to"), options);
  });
}

async function sendFromServer(
  context: CommandContext,
  types: readonly WebhookEventType[],
  options: TriggerOptions,
): Promise<void> {
  const { output } = context;
  const api = apiOf(context, options);
  const path = options.assistant
    ? `/assistants/${encodeURIComponent(options.assistant)}/webhook/test`
    : "/settings/webhook/test";
  for (const type of types) {
    const attempt = (await api.post(path, { type }))["attempt"] as WireAttempt;
    output.json({ type, attempt });
    output.line(output.paint("bold", type));
    showAttempt(output, attempt);
    const { status_code: status } = attempt;
    if (status === null || status < 200 || status > 299) context.exitWith(EXIT.failed);
  }
}

async function sendFromHere(
  context: CommandContext,
  types: readonly WebhookEventType[],
  url: string,
  options: TriggerOptions,
): Promise<void> {
  const { clock, newId } = context;
  const secret = options.secret ?? (await configuredSecret(context, options));
  const call = { ...exampleCall(newId()), assistantId: options.assistant };
  for (const type of types) {
    const isLast = type === "end-of-call-report";
    const event = exampleEvent(
      type,
      call,
      { eventId: newId(), at: clock.now() },
      { sequence: isLast ? 2 : 1 },
    );
    const answer = await sendRequest(clock, {
      url,
      method: "POST",
      headers: signedHeaders(event, secret, clock.now()),
      body: event.body,
      deadlineMs: DEADLINE_MS,
    });
    showAnswer(context, { type, eventId: event.id, callId: call.callId, answer });
    if (!isSuccess(answer)) context.exitWith(answer.outcome === "failed" ? EXIT.unreachable : EXIT.failed);
  }
}

function configuredSecret(context: CommandContext, options: TriggerOptions): Promise<string> {
  const api = apiOf(context, options, OR_SECRET);
  return options.assistant ? readAssistantSecret(api, options.assistant) : readAccountSecret(api);
}

function showAnswer(
  { output }: CommandContext,
  sent: { type: WebhookEventType; eventId: string; callId: string; answer: HttpAnswer },
): void {
  const { type, eventId, callId, answer } = sent;
  const text = answer.outcome === "answered" ? answer.body.toString() : "";
  const reading = isSuccess(answer) ? readAnswerShape(type, Buffer.from(text), `tool_${eventId}`) : undefined;
  output.json({
    type,
    id: eventId,
    call_id: callId,
    outcome: answer.outcome,
    status: answer.outcome === "answered" ? answer.status : null,
    error: answer.outcome === "answered" ? null : describeAnswer(answer),
    duration_ms: Math.round(answer.durationMs),
    response_body: text,
    understood_as: reading?.meaning ?? null,
  });
  const style = isSuccess(answer) ? "green" : "red";
  output.line(
    `${output.paint("bold", type.padEnd("end-of-call-report".length))}  ` +
      `${output.paint(style, describeAnswer(answer))}  ${output.paint("dim", formatDuration(answer.durationMs))}`,
  );
  if (text.trim() !== "") output.line(`  ${shortened(text, LONGEST_ANSWER)}`);
  if (reading && type !== "status-update" && type !== "end-of-call-report") {
    output.line(`  ${output.paint(reading.verdict === "good" ? "dim" : "yellow", `→ ${reading.meaning}`)}`);
    if (reading.verdict !== "good") output.line(`    ${reading.advice}`);
  }
}
