import { Command } from "commander";
import { apiOf, type ApiClient } from "./api-client.ts";
import type { CommandContext } from "./command-context.ts";
import { usageError } from "./command-error.ts";
import { addConnectionOptions, type ConnectionOptions } from "./connection.ts";
import { addFilterOptions, readFilter, type FilterOptions } from "./event-filters.ts";
import { showAttempt, showEvent, showEventLine } from "./event-view.ts";
import { addExamples, addJsonOption } from "./help.ts";
import { replayCommand } from "./replay-command.ts";
import type { WireAttempt, WireEvent } from "./wire-events.ts";

const DEFAULT_LIMIT = 50;
const LONGEST_PAGE = 200;

export function eventsCommand(context: CommandContext): Command {
  return new Command("events")
    .summary("what was sent, what became of it, and sending it again")
    .description("Webhook events of your account: what was sent, what became of it, and sending it again.")
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(attemptsCommand(context))
    .addCommand(replayCommand(context));
}

function listCommand(context: CommandContext): Command {
  const command = new Command("list")
    .summary("the newest events, or those of a call, a type, a state, a time")
    .description("Lists webhook events, newest first. Without filters: the newest of the account.");
  addFilterOptions(command).option("--limit <number>", `at most this many (default ${DEFAULT_LIMIT})`);
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: { webhook_events, next_cursor }, as the API answers");
  addExamples(command, [
    ["What did not arrive in the last hour", "events list --state exhausted --since 1h"],
    ["Everything about one call", "events list --call 5c4d030f-43e3-4e65-899e-8148521e660f"],
  ]);
  return command.action(async (options: FilterOptions & ConnectionOptions & { limit?: string }) => {
    const { clock, output } = context;
    const filter = readFilter(options, clock.now());
    const limit = Number(options.limit ?? DEFAULT_LIMIT);
    if (!Number.isInteger(limit) || limit < 1) throw usageError(`--limit: ${options.limit} is not a count.`);
    const api = apiOf(context, options);
    const events: WireEvent[] = [];
    let cursor: string | undefined;
    do {
      const pageLimit = Math.min(LONGEST_PAGE, limit - events.length);
      const page = await api.get("/webhook-events", { ...filter, limit: pageLimit, cursor });
      const found = page["webhook_events"] as WireEvent[];
      for (const event of found) showEventLine(output, event);
      events.push(...found);
      cursor = (page["next_cursor"] as string | null) ?? undefined;
    } while (cursor !== undefined && events.length < limit);
    output.json({ webhook_events: events, next_cursor: cursor ?? null });
    if (events.length === 0) output.notice("no events");
    else if (cursor !== undefined) output.notice(`there are more; --limit shows more than ${limit}`);
  });
}

function showCommand(context: CommandContext): Command {
  const command = new Command("show")
    .argument("<id>", "the event's id")
    .summary("one event: its way, its state and its body")
    .description("Shows one event: where it was routed and why, its state, and the body that is sent.");
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: the event with its body");
  addExamples(command, [["Show an event that `events list` named", "events show 019ab0c2-…"]]);
  return command.action(async (id: string, options: ConnectionOptions) => {
    const event = await readEvent(apiOf(context, options), id);
    context.output.json(event);
    showEvent(context.output, event);
  });
}

function attemptsCommand(context: CommandContext): Command {
  const command = new Command("attempts")
    .argument("<id>", "the event's id")
    .summary("every request that was made for an event, and why it failed")
    .description(
      "Shows every request that was made for one event: status, times, whose fault a failure was, the " +
        "receiver's answer, and a curl line that does it again.",
    );
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: a list of attempts");
  addExamples(command, [["Why did it not arrive?", "events attempts 019ab0c2-…"]]);
  return command.action(async (id: string, options: ConnectionOptions) => {
    const answer = await apiOf(context, options).get(`/webhook-events/${encodeURIComponent(id)}/attempts`);
    const attempts = answer["attempts"] as WireAttempt[];
    context.output.json(attempts);
    if (attempts.length === 0) context.output.notice("nothing has been sent yet");
    attempts.forEach((attempt, index) => {
      if (index > 0) context.output.line();
      showAttempt(context.output, attempt);
    });
  });
}

async function readEvent(api: ApiClient, id: string): Promise<WireEvent> {
  return (await api.get(`/webhook-events/${encodeURIComponent(id)}`))["webhook_event"] as WireEvent;
}
