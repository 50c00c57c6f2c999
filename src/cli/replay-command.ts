import { Command } from "commander";
import { apiOf, type ApiClient } from "./api-client.ts";
import { pause, type CommandContext } from "./command-context.ts";
import { CommandError, usageError } from "./command-error.ts";
import { addConnectionOptions, type ConnectionOptions } from "./connection.ts";
import {
  addFilterOptions,
  isEmpty,
  readFilter,
  type EventFilter,
  type FilterOptions,
} from "./event-filters.ts";
import { showEventLine } from "./event-view.ts";
import { EXIT } from "./exit-codes.ts";
import { addExamples, addJsonOption } from "./help.ts";
import type { WireEvent, WireReplay } from "./wire-events.ts";

interface ReplayOptions extends ConnectionOptions, FilterOptions {
  dryRun?: boolean;
  wait: boolean;
}

const POLL_MS = 1_000;

export function replayCommand(context: CommandContext): Command {
  const command = new Command("replay")
    .argument("[ids...]", "events to send again")
    .summary("send events again: by id, or all that a filter finds")
    .description(
      "Sends events again, with the same body and the same X-Webhook-Id, signed anew: those that are named, or " +
        "all that the filters find. A replay by filter runs on the server; this command shows how far it is.",
    );
  addFilterOptions(command)
    .option("--dry-run", "only say what would be sent again")
    .option("--no-wait", "do not wait for a replay by filter to finish");
  addConnectionOptions(command);
  addJsonOption(command, "one JSON value: the events, the count (--dry-run), or the replay");
  addExamples(command, [
    ["Send one event again", "events replay 019ab0c2-…"],
    [
      "How many were lost while the receiver was down?",
      "events replay --state exhausted --since 2h --dry-run",
    ],
    ["Send those again", "events replay --state exhausted --since 2h"],
  ]);
  return command.action(async (ids: string[], options: ReplayOptions) => {
    const filter = readFilter(options, context.clock.now());
    if (ids.length > 0 && !isEmpty(filter)) {
      throw usageError(
        "Ids and filters cannot be mixed.",
        "Name the events, or say which ones with filters.",
      );
    }
    if (ids.length === 0 && isEmpty(filter)) {
      throw usageError(
        "Nothing says what to send again.",
        "Name events by id, or filter them: --call, --type, --state, --endpoint, --since, --until.",
      );
    }
    const api = apiOf(context, options);
    if (ids.length > 0) await replayEach(context, api, ids, options.dryRun ?? false);
    else await replayByFilter(context, api, filter, options);
  });
}

/** One that cannot be replayed does not keep the others back. */
async function replayEach(
  context: CommandContext,
  api: ApiClient,
  ids: string[],
  isDryRun: boolean,
): Promise<void> {
  const { output } = context;
  const events: object[] = [];
  for (const id of ids) {
    const path = `/webhook-events/${encodeURIComponent(id)}`;
    try {
      const answer = isDryRun ? await api.get(path) : await api.post(`${path}/replay`);
      const event = answer["webhook_event"] as WireEvent;
      events.push(event);
      showEventLine(output, event);
    } catch (error) {
      const isAboutThisEvent =
        error instanceof CommandError && (error.exitCode === EXIT.failed || error.exitCode === EXIT.notFound);
      if (!isAboutThisEvent) throw error;
      events.push({ id, error: error.message });
      context.exitWith(error.exitCode);
      if (!output.isJson) output.problem(new CommandError(`${id}: ${error.message}`));
    }
  }
  output.json(events);
  if (isDryRun) output.notice("a dry run: nothing was sent");
}

async function replayByFilter(
  { clock, output, untilInterrupted }: CommandContext,
  api: ApiClient,
  filter: EventFilter,
  { dryRun, wait }: ReplayOptions,
): Promise<void> {
  const answer = await api.post("/webhook-events/replay", { ...filter, ...(dryRun && { dry_run: true }) });
  if (dryRun) {
    const count = answer["count"] as number;
    output.json({ count });
    output.line(`${count} ${count === 1 ? "event" : "events"} would be sent again`);
    return;
  }
  let replay = answer["webhook_replay"] as WireReplay;
  let shown = "";
  const show = () => {
    const line = `${replay.done} of ${replay.total} sent`;
    if (line !== shown) output.notice(line);
    shown = line;
  };
  if (wait && replay.state === "running") {
    const signal = untilInterrupted();
    while (replay.state === "running" && !signal.aborted) {
      show();
      await pause(clock, POLL_MS, signal);
      if (signal.aborted) break;
      const path = `/webhook-replays/${encodeURIComponent(replay.id)}`;
      replay = (await api.get(path))["webhook_replay"] as WireReplay;
    }
  }
  output.json(replay);
  output.line(describeReplay(replay));
}

function describeReplay({ id, state, total, done }: WireReplay): string {
  switch (state) {
    case "done":
      return `replay ${id}: ${done} of ${total} events were sent again`;
    case "paused":
      return `replay ${id} is paused after ${done} of ${total} events; POST /api/v1/webhook-replays/${id}/resume goes on`;
    case "running":
      return `replay ${id} goes on on the server: ${done} of ${total} events so far`;
  }
}
