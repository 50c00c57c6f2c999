import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { asTold } from "./told-call.ts";
import { useLiveStream, type StreamState } from "./live-stream.ts";
import type { RowPage } from "./paged-rows.ts";
import type { Wire } from "./wire.ts";

export type LiveCall = Wire<"LiveCall">;

type FeedData = { calls: LiveCall[] } | { change: "created" | "changed"; call: LiveCall };

/** Of changes that came while a list was on its way; more do not happen in that time. */
const MOST_TOLD = 500;
/** Figures over many calls are asked for again when several have changed, not once for each. */
const SETTLE_MS = 1_500;

/**
 * The calls that run, the latest first, as they change.
 *
 * What was fetched of calls follows: rows that are there are changed in place, and figures are fetched anew. Rows that are on
 * their way meanwhile may be older than what has been told: `follow` brings them up to it.
 *
 * @param onCreated  a call has begun that no list has yet
 */
export function useRunningCalls(onCreated?: () => void): {
  calls: readonly LiveCall[] | undefined;
  stream: StreamState;
  follow: (row: Wire<"Call">) => Wire<"Call">;
} {
  const queryClient = useQueryClient();
  const [calls, setCalls] = useState<readonly LiveCall[] | undefined>();
  const toldById = useRef(new Map<string, LiveCall>());
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
      remember(toldById.current, call);
      setCalls((before = []) => {
        const others = before.filter(({ id }) => id !== call.id);
        return call.ended_at === null ? [call, ...others].toSorted(latestFirst) : others;
      });
      changeRows(queryClient, call);
      if (change === "created") onCreated?.();
      settle();
    },
  });
  const follow = useCallback((row: Wire<"Call">) => {
    const told = toldById.current.get(row.id);
    return told ? asTold(row, told) : row;
  }, []);
  return { calls, stream, follow };
}

function remember(toldById: Map<string, LiveCall>, call: LiveCall): void {
  toldById.delete(call.id);
  toldById.set(call.id, call);
  const [oldest] = toldById.keys();
  if (toldById.size > MOST_TOLD && oldest !== undefined) toldById.delete(oldest);
}

function latestFirst(one: LiveCall, other: LiveCall): number {
  return other.created_at.localeCompare(one.created_at);
}

/** In the lists that are there, without fetching them again. */
function changeRows(queryClient: QueryClient, call: LiveCall): void {
  queryClient.setQueriesData<RowPage<Wire<"Call">>>({ queryKey: ["calls"] }, (page) => {
    if (!page?.rows.some(({ id }) => id === call.id)) return page;
    return { ...page, rows: page.rows.map((row) => (row.id === call.id ? asTold(row, call) : row)) };
  });
}
