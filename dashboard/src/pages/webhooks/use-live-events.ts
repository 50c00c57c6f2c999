import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../../api/client.ts";
import { withFreshRows, type CursorPages } from "../../api/cursor-rows.ts";
import { need } from "../../api/failure.ts";
import { useLiveStream, type StreamState } from "../../api/live-stream.ts";
import type { Wire } from "../../api/wire.ts";
import { toQuery, type EventFilter } from "./event-filter.ts";

type EventRow = Wire<"WebhookEvent">;

const GATHER_MS = 200;
const FRESH_ROWS = 100;
/** Further down than this one reads, and rows that come on top would push away what is read. */
const READING_BELOW_PX = 240;

/**
 * Keeps a list of events current: new ones come on top, and every attempt shows at its event. Below the top of the page
 * new ones wait until they are asked for.
 */
export function useLiveEvents(
  queryKey: readonly unknown[],
  filter: EventFilter,
): { state: StreamState; waiting: number; showWaiting: () => void } {
  const queryClient = useQueryClient();
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const timer = useRef<number | undefined>(undefined);
  const newIds = useRef(new Set<string>());

  const merge = useCallback(
    (rows: readonly EventRow[]) =>
      queryClient.setQueryData<CursorPages<EventRow>>(
        queryKey,
        (pages) => pages && withFreshRows(pages, rows),
      ),
    [queryClient, queryKey],
  );

  const fetchFresh = useCallback(async () => {
    newIds.current.clear();
    setWaiting(new Set());
    const query = { ...toQuery(filter, new Date()), limit: String(FRESH_ROWS) };
    const answer = await need(api.GET("/api/v1/webhook-events", { params: { query } }));
    merge(answer.webhook_events);
  }, [filter, merge]);

  /** Fails silently: the stream says by itself that the server is away, and what was missed is fetched when it is back. */
  const fetchSoon = () => {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      if (window.scrollY < READING_BELOW_PX) fetchFresh().catch(() => undefined);
      else setWaiting(new Set(newIds.current));
    }, GATHER_MS);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const search = new URLSearchParams({ attempts: "true", ...(filter.callId && { call_id: filter.callId }) });
  const state = useLiveStream(`/api/v1/webhook-events/stream?${search}`, {
    events: ["webhook", "attempt"],
    onLive: fetchSoon,
    onEvent: (name, data) => {
      if (name === "webhook") {
        newIds.current.add((data as { id: string }).id);
        fetchSoon();
        return;
      }
      const event = (data as { webhook_event: EventRow | null }).webhook_event;
      const pages = queryClient.getQueryData<CursorPages<EventRow>>(queryKey);
      if (event && pages?.pages.some(({ rows }) => rows.some(({ id }) => id === event.id))) merge([event]);
    },
  });
  return { state, waiting: waiting.size, showWaiting: () => void fetchFresh().catch(() => undefined) };
}
