import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { usePagedRows } from "../../api/paged-rows.ts";
import type { Wire } from "../../api/wire.ts";
import { DataTable, type Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { DateTime, Duration } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { statusText, statusTone, useStatusWords } from "./call-status.ts";
import { useCallsWords } from "./calls-words.ts";

export default function CallsPage() {
  const words = useCallsWords();
  const statusWords = useStatusWords();
  const { total, rowAt, onVisibleRows, error, refetch } = usePagedRows(
    ["calls"],
    async ({ limit, offset, signal }) => {
      const answer = await need(api.GET("/api/v1/calls", { params: { query: { limit, offset } }, signal }));
      return { rows: answer.calls, total: answer.pagination.total };
    },
  );

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
      cell: (call) => <Duration seconds={call.duration_seconds} />,
    },
  ];

  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      {error && total === undefined ? (
        <ErrorNotice error={error} onRetry={refetch} />
      ) : (
        <DataTable
          label={words.title}
          columns={columns}
          total={total}
          rowAt={rowAt}
          rowKey={(call) => call.id}
          href={(call) => `/calls/${call.id}`}
          onVisibleRows={onVisibleRows}
          empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
        />
      )}
    </>
  );
}
