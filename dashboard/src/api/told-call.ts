import type { Wire } from "./wire.ts";

type LiveCall = Wire<"LiveCall">;

/** A row of a list as the feed has told of its call, unless the row knows more already. Pure. */
export function asTold(row: Wire<"Call">, told: LiveCall): Wire<"Call"> {
  if (stageOf(row) > stageOf(told)) return row;
  return {
    ...row,
    status: told.status,
    started_at: told.started_at,
    ended_at: told.ended_at,
    end_reason: told.end_reason,
    agent_name: told.agent_name,
    duration_seconds: talkedSeconds(told),
  };
}

/** Calls go one way: not answered, answered, over. */
function stageOf(call: Pick<LiveCall, "started_at" | "ended_at">): number {
  return call.ended_at !== null ? 2 : call.started_at !== null ? 1 : 0;
}

function talkedSeconds({ started_at: startedAt, ended_at: endedAt }: LiveCall): number | null {
  if (startedAt === null || endedAt === null) return null;
  return Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000);
}
