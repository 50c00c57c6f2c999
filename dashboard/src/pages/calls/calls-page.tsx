import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { usePagedRows } from "../../api/paged-rows.ts";
import { useRunningCalls } from "../../api/running-calls.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { DateTime, Duration, RunningDuration } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PagedList } from "../../components/paged-list.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { statusText, statusTone, useStatusWords } from "../../components/call-status.ts";
import { useFormats } from "../../language/use-formats.ts";
import { isFiltered, queryOf, readFilter, writeFilter, type CallFilter } from "./call-filter.ts";
import { CallFilters } from "./call-filters.tsx";
import classes from "./calls-page.module.css";
import { useCallsWords } from "./calls-words.ts";

const NEAR_TOP_PX = 200;

export default function CallsPage() {
  const words = useCallsWords();
  const statusWords = useStatusWords();
  const queryClient = useQueryClient();
  const formats = useFormats();
  const [address, setAddress] = useSearchParams();
  const filter = useMemo(() => readFilter(address), [address]);
  const setFilter = (changed: CallFilter) => setAddress(writeFilter(changed), { replace: true });
  // Nothing moves under the eyes of who reads further down: new calls are told of, and wait.
  const [waiting, setWaiting] = useState(0);
  const showNew = () => {
    setWaiting(0);
    void queryClient.invalidateQueries({ queryKey: ["calls"] });
  };
  const { follow } = useRunningCalls(() => {
    if (window.scrollY < NEAR_TOP_PX) showNew();
    else setWaiting((count) => count + 1);
  });
  const rows = usePagedRows(["calls", filter], async ({ limit, offset, signal }) => {
    const query = { ...queryOf(filter), limit, offset, messages: "false" } as const;
    const answer = await need(api.GET("/api/v1/calls", { params: { query }, signal }));
    return { rows: answer.calls.map(follow), total: answer.pagination.total };
  });

  const columns: Column<Wire<"Call">>[] = [
    {
      key: "other",
      header: words.other,
      width: "minmax(0, 1.2fr)",
      cell: (call) => call.caller_phone ?? (call.direction === "web" ? words.browser : words.withheld),
    },
    {
      key: "assistant",
      header: words.assistant,
      width: "minmax(0, 1fr)",
      cell: (call) => call.agent_name ?? "–",
      hideBelow: "sm",
    },
    {
      key: "status",
      header: words.status,
      width: "minmax(0, 1fr)",
      cell: (call) => (
        <StatusBadge tone={statusTone(call.status)}>{statusText(call.status, statusWords)}</StatusBadge>
      ),
    },
    {
      key: "started",
      header: words.started,
      width: "130px",
      cell: (call) => <DateTime at={call.started_at ?? call.created_at} short />,
      hideBelow: "sm",
    },
    {
      key: "duration",
      header: words.duration,
      width: "72px",
      align: "end",
      cell: (call) =>
        call.started_at !== null && call.ended_at === null ? (
          <RunningDuration since={call.started_at} />
        ) : (
          <Duration seconds={call.duration_seconds} />
        ),
    },
  ];

  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <CallFilters filter={filter} onChange={setFilter} />
      {waiting > 0 && (
        <Button
          className={classes.newCalls}
          size="compact-sm"
          onClick={() => {
            window.scrollTo(0, 0);
            showNew();
          }}
        >
          {words.newCalls(formats.number(waiting))}
        </Button>
      )}
      <PagedList
        label={words.title}
        rows={rows}
        columns={columns}
        rowKey={(call) => call.id}
        href={(call) => `/calls/${call.id}`}
        empty={
          isFiltered(filter) ? (
            <EmptyState title={words.nothingTitle}>{words.nothing}</EmptyState>
          ) : (
            <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
          )
        }
      />
    </>
  );
}
