import { Button } from "@mantine/core";
import { useState } from "react";
import { numbersQuery } from "../../api/lists.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { NumberCreateDialog } from "./number-create-dialog.tsx";
import { useNumbersWords } from "./numbers-words.ts";

export default function NumbersPage() {
  const words = useNumbersWords();
  const mayChange = useMay("change");
  const [isAdding, setAdding] = useState(false);
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
      key: "state",
      header: words.state,
      width: "130px",
      cell: (number) => (
        <StatusBadge tone={number.is_active ? "good" : "neutral"}>
          {number.is_active ? words.active : words.inactive}
        </StatusBadge>
      ),
      hideBelow: "sm",
    },
    {
      key: "added",
      header: words.added,
      width: "140px",
      cell: (number) => <TimeAgo at={number.created_at} />,
      hideBelow: "md",
    },
  ];
  const add = mayChange && <Button onClick={() => setAdding(true)}>{words.add}</Button>;
  return (
    <>
      <PageHeader title={words.title} description={words.description} actions={add} />
      <RoleNote needs="change" />
      <ResourceList
        label={words.title}
        query={numbersQuery}
        columns={columns}
        rowKey={({ id }) => id}
        href={({ id }) => `/numbers/${id}`}
        empty={
          <EmptyState title={words.emptyTitle} actions={add}>
            {words.empty}
          </EmptyState>
        }
      />
      {isAdding && <NumberCreateDialog onClose={() => setAdding(false)} />}
    </>
  );
}
