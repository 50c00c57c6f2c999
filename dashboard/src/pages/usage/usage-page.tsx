import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { usePagedRows } from "../../api/paged-rows.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { DateTime, Duration } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { PagedList } from "../../components/paged-list.tsx";
import { UsageExport } from "./usage-export.tsx";
import { useUsageWords } from "./usage-words.ts";

export default function UsagePage() {
  const words = useUsageWords();
  const rows = usePagedRows(["usage"], async ({ limit, offset, signal }) => {
    const answer = await need(api.GET("/api/v1/usage", { params: { query: { limit, offset } }, signal }));
    return { rows: answer.logs, total: answer.pagination.total };
  });
  const columns: Column<Wire<"UsageLog">>[] = [
    {
      key: "when",
      header: words.when,
      width: "130px",
      cell: (log) => <DateTime at={log.created_at} short />,
    },
    {
      key: "assistant",
      header: words.assistant,
      width: "minmax(0, 1fr)",
      cell: (log) => log.agent_name ?? "–",
    },
    {
      key: "number",
      header: words.number,
      width: "minmax(0, 1fr)",
      cell: (log) => log.phone_number ?? "–",
      hideBelow: "sm",
    },
    {
      key: "duration",
      header: words.duration,
      width: "80px",
      align: "end",
      cell: (log) => <Duration seconds={log.duration_sec} />,
    },
  ];
  return (
    <>
      <PageHeader
        title={words.title}
        description={words.description}
        actions={(rows.total ?? 0) > 0 && <UsageExport />}
      />
      <PagedList
        label={words.title}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
    </>
  );
}
