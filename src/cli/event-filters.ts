import type { Command } from "commander";
import { usageError } from "./command-error.ts";
import { EVENT_LIST, requireEventType } from "./event-types.ts";
import { parseMoment } from "./moment.ts";
import { EVENT_STATES } from "./wire-events.ts";

export interface FilterOptions {
  call?: string;
  type?: string;
  state?: string;
  endpoint?: string;
  since?: string;
  until?: string;
}

/** As the API names them, in a query as in a body. */
export type EventFilter = Record<
  "call_id" | "type" | "state" | "endpoint_id" | "since" | "until",
  string | undefined
>;

export function addFilterOptions(command: Command): Command {
  return command
    .option("--call <id>", "of one call")
    .option("--type <event>", `of one type (${EVENT_LIST})`)
    .option("--state <state>", `in one state (${EVENT_STATES.join(", ")})`)
    .option("--endpoint <id>", "sent to one endpoint")
    .option("--since <time>", "since then: 10m, 2h, 7d, or an instant")
    .option("--until <time>", "until then");
}

export function readFilter(options: FilterOptions, now: Date): EventFilter {
  const { state } = options;
  if (state !== undefined && !EVENT_STATES.some((known) => known === state)) {
    throw usageError(`--state: ${state} is not a state.`, `The states are ${EVENT_STATES.join(", ")}.`);
  }
  return {
    call_id: options.call,
    type: options.type === undefined ? undefined : requireEventType(options.type),
    state,
    endpoint_id: options.endpoint,
    since: options.since === undefined ? undefined : parseMoment(options.since, now, "--since"),
    until: options.until === undefined ? undefined : parseMoment(options.until, now, "--until"),
  };
}

export function isEmpty(filter: EventFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}
