import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLiveStream, type StreamState } from "./live-stream.ts";
import type { RowPage } from "./paged-rows.ts";
import type { Wire } from "./wire.ts";

export type LiveCall = Wire<"LiveCall">;

type FeedData = { calls: LiveCall[] } | { change: "created" | "changed"; call: LiveCall };

/** Figures over many calls are asked for again when several have changed, not once for each. */
const SETTLE_MS = 1_500;

/**
 * The calls that run, the latest first, as they change.
 *
 * What was fetched of calls follows: rows that are there are changed in place, and figures are fetched anew.
 *
 * @param onCreated  a call has begun that no list has yet
 */
export function useRunningCalls(onCreated?: () => void): {
  calls: readonly LiveCall[] | undefined;
  stream: StreamState;
} {
  const queryClient = useQueryClient();
  const [calls, setCalls] = useState<readonly LiveCall[] | undefined>();
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const settle = () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      void queryClient.invalidateQueries({ queryKey: ["stats"] });
    }, SETTLE_MS);
  };

  const stream = useLiveStream("/api/v1/calls/stream", {
    events: ["snapshot", "call"],
    onEvent: (_name, data) => {
      const told = data as FeedData;
      if ("calls" in told) {
        // Also after a reconnection, during which anything may have begun and ended.
        setCalls(told.calls.toSorted(latestFirst));
        onCreated?.();
        return;
      }
      const { call, change } = told;
      setCalls((before = []) => {
        const others = before.filter(({ id }) => id !== call.id);
        return call.ended_at === null ? [call, ...others].toSorted(latestFirst) : others;
      });
      changeRows(queryClient, call);
      if (change === "created") onCreated?.();
      settle();
    },
  });
  return { calls, stream };
}

function latestFirst(one: LiveCall, other: LiveCall): number {
  return other.created_at.localeCompare(one.created_at);
}

/** In the lists that are there, without fetching them again. */
function changeRows(queryClient: QueryClient, call: LiveCall): void {
  queryClient.setQueriesData<RowPage<Wire<"Call">>>({ queryKey: ["calls"] }, (page) => {
    if (!page?.rows.some(({ id }) => id === call.id)) return page;
    const { status, started_at: startedAt, ended_at: endedAt, end_reason: endReason } = call;
    const rows = page.rows.map((row) =>
      row.id === call.id
        ? {
            ...row,
            status,
            started_at: startedAt,
            ended_at: endedAt,
            end_reason: endReason,
            agent_name: call.agent_name,
            duration_seconds: talkedSeconds(call),
          }
        : row,
    );
    return { ...page, rows };
  });
}

function talkedSeconds({ started_at: startedAt, ended_at: endedAt }: LiveCall): number | null {
  if (startedAt === null || endedAt === null) return null;
  return Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000);
}
