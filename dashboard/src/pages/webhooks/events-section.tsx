import { Button, Group } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "wouter";
import { api } from "../../api/client.ts";
import { useCursorRows } from "../../api/cursor-rows.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { EventState } from "../../components/event-state.tsx";
import { DateTime } from "../../components/moments.tsx";
import { PagedList } from "../../components/paged-list.tsx";
import { StatusBadge, type Tone } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { readFilter, toQuery } from "./event-filter.ts";
import { EventFilters } from "./event-filters.tsx";
import { useEventsWords } from "./events-words.ts";
import { ReplayManyDialog } from "./replay-many-dialog.tsx";
import { useLiveEvents } from "./use-live-events.ts";
import classes from "./webhooks.module.css";

const PAGE_ROWS = "100";
const STREAM_TONES = { live: "live", connecting: "neutral", lost: "warn" } as const satisfies Record<
  string,
  Tone
>;

export default function EventsSection() {
  const words = useEventsWords();
  const formats = useFormats();
  const mayChange = useMay("change");
  const [isReplaying, setReplaying] = useState(false);
  const [search] = useSearchParams();
  const address = search.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(address)), [address]);
  const queryKey = useMemo(() => ["webhook-events", filter], [filter]);
  const list = useCursorRows<Wire<"WebhookEvent">>(queryKey, async ({ cursor, signal }) => {
    const query = {
      ...toQuery(filter, new Date()),
      limit: PAGE_ROWS,
      ...(cursor !== undefined && { cursor }),
    };
    const answer = await need(api.GET("/api/v1/webhook-events", { params: { query }, signal }));
    return { rows: answer.webhook_events, next: answer.next_cursor };
  });
  const { state, waiting, showWaiting } = useLiveEvents(queryKey, filter);
  const isFiltered = Object.keys(filter).length > 0;

  const columns: Column<Wire<"WebhookEvent">>[] = [
    { key: "event", header: words.event, width: "minmax(0, 1.3fr)", cell: ({ type }) => type },
    {
      key: "state",
      header: words.state,
      width: "minmax(0, 1fr)",
      cell: (event) => <EventState event={event} />,
    },
    {
      key: "endpoint",
      header: words.endpoint,
      width: "minmax(0, 1.6fr)",
      cell: ({ endpoint }) => <span className={classes.dim}>{endpoint?.url ?? words.noEndpoint}</span>,
      hideBelow: "md",
    },
    {
      key: "attempts",
      header: words.attempts,
      width: "80px",
      align: "end",
      cell: (event) => formats.number(event.attempt_count),
      hideBelow: "sm",
    },
    {
      key: "when",
      header: words.when,
      width: "minmax(96px, 130px)",
      align: "end",
      cell: (event) => <DateTime at={event.created_at} short />,
    },
  ];

  return (
    <>
      <EventFilters filter={filter} />
      <Group justify="space-between" mb="xs" mih={34} gap="xs">
        <StatusBadge tone={STREAM_TONES[state]}>{words[state]}</StatusBadge>
        <Group gap="xs">
          {mayChange && list.rows.length > 0 && (
            <Button size="xs" variant="default" onClick={() => setReplaying(true)}>
              {words.replayMany}
            </Button>
          )}
        </Group>
      </Group>
      {waiting > 0 && (
        <Button
          size="xs"
          className={classes.fresh}
          onClick={() => {
            window.scrollTo({ top: 0 });
            showWaiting();
          }}
        >
          {words.waiting(formats.number(waiting))}
        </Button>
      )}
      <PagedList
        label={words.list}
        rows={list}
        columns={columns}
        rowKey={({ id }) => id}
        href={({ id }) => `/webhooks/events/${id}`}
        {...(list.hasMore && { foot: words.soFar(formats.number(list.rows.length)) })}
        empty={
          isFiltered ? (
            <EmptyState title={words.noneTitle}>{words.none}</EmptyState>
          ) : (
            <EmptyState
              title={words.emptyTitle}
              actions={
                <Button component={Link} href="/webhooks/settings" variant="default">
                  {words.emptyAction}
                </Button>
              }
            >
              {words.empty}
            </EmptyState>
          )
        }
      />
      {isReplaying && <ReplayManyDialog filter={filter} onClose={() => setReplaying(false)} />}
    </>
  );
}
