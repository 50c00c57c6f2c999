import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { useNumbersWords } from "./numbers-words.ts";

export default function NumbersPage() {
  const words = useNumbersWords();
  const columns: Column<Wire<"Number">>[] = [
    { key: "number", header: words.number, width: "minmax(0, 1fr)", cell: (number) => number.phone_number },
    {
      key: "name",
      header: words.name,
      width: "minmax(0, 1fr)",
      cell: ({ name }) => name ?? "–",
      hideBelow: "sm",
    },
    {
      key: "answered-by",
      header: words.answeredBy,
      width: "minmax(0, 1fr)",
      cell: (number) => number.workflow_name ?? number.agent_name ?? words.nobody,
    },
    {
      key: "added",
      header: words.added,
      width: "140px",
      cell: (number) => <TimeAgo at={number.created_at} />,
      hideBelow: "sm",
    },
  ];
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <ResourceList
        label={words.title}
        queryKey={["numbers"]}
        fetchRows={async (signal) => (await need(api.GET("/api/v1/numbers", { signal }))).numbers}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
    </>
  );
}
