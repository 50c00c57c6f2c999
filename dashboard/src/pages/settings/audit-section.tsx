import { Text } from "@mantine/core";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { usePagedRows } from "../../api/paged-rows.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { DateTime } from "../../components/moments.tsx";
import { PagedList } from "../../components/paged-list.tsx";
import { useAuditWords } from "./audit-words.ts";

type Entry = Wire<"AuditEntry">;

export default function AuditSection() {
  const words = useAuditWords();
  return useMay("own") ? <AuditLog /> : <Text c="dimmed">{words.ownersOnly}</Text>;
}

function AuditLog() {
  const words = useAuditWords();
  const rows = usePagedRows<Entry>(["audit-log"], async ({ limit, offset, signal }) => {
    const answer = await need(api.GET("/api/v1/audit-log", { params: { query: { limit, offset } }, signal }));
    return { rows: answer.audit_log, total: answer.pagination.total };
  });
  const columns: Column<Entry>[] = [
    // As the API names it: the same word finds it there.
    { key: "what", header: words.what, width: "minmax(0, 1.2fr)", cell: ({ action }) => action },
    { key: "who", header: words.who, width: "minmax(0, 1.2fr)", cell: ({ actor }) => whoText(actor, words) },
    {
      key: "detail",
      header: words.detail,
      width: "minmax(0, 1.4fr)",
      cell: ({ detail }) => (
        <Text span c="dimmed" size="sm">
          {detailText(detail)}
        </Text>
      ),
      hideBelow: "md",
    },
    {
      key: "from",
      header: words.from,
      width: "120px",
      cell: ({ address }) => address ?? "–",
      hideBelow: "md",
    },
    {
      key: "when",
      header: words.when,
      width: "118px",
      align: "end",
      cell: (entry) => <DateTime at={entry.created_at} short />,
    },
  ];
  return (
    <>
      <Text c="dimmed" mb="md">
        {words.help}
      </Text>
      <PagedList
        label={words.list}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
    </>
  );
}

function whoText(actor: Entry["actor"], words: ReturnType<typeof useAuditWords>): string {
  if (actor.kind === "api-key") return words.key(actor.name ?? "");
  return actor.name ?? words.nobody;
}

/** `name: The shop, expires_at: null` */
function detailText(detail: Entry["detail"]): string {
  return Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
