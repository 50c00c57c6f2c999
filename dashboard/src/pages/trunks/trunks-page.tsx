import { Button } from "@mantine/core";
import { Link } from "wouter";
import { trunksQuery } from "../../api/lists.ts";
import { useMay } from "../../api/session.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { sinceOf, stateOf, TONES, type Trunk } from "./trunk-state.ts";
import { useTrunksWords } from "./trunks-words.ts";

const LOOK_EVERY_MS = 5_000;

export default function TrunksPage() {
  const words = useTrunksWords();
  const mayChange = useMay("change");
  const columns: Column<Trunk>[] = [
    { key: "name", header: words.name, width: "minmax(0, 1fr)", cell: ({ name }) => name },
    {
      key: "address",
      header: words.address,
      width: "minmax(0, 1fr)",
      cell: ({ address }) => address,
      hideBelow: "sm",
    },
    {
      key: "state",
      header: words.state,
      width: "minmax(0, 1fr)",
      cell: (trunk) => <StatusBadge tone={TONES[stateOf(trunk)]}>{words[stateOf(trunk)]}</StatusBadge>,
    },
    {
      key: "since",
      header: words.sinceWord,
      width: "130px",
      cell: (trunk) => {
        const since = sinceOf(trunk);
        return since === null ? "–" : <TimeAgo at={since} />;
      },
      hideBelow: "sm",
    },
  ];
  const add = mayChange && (
    <Button component={Link} href="/trunks/new">
      {words.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={words.title} description={words.description} actions={add} />
      <RoleNote needs="change" />
      <ResourceList
        label={words.title}
        query={trunksQuery}
        refetchEveryMs={LOOK_EVERY_MS}
        columns={columns}
        rowKey={({ id }) => id}
        href={({ id }) => `/trunks/${id}`}
        empty={
          <EmptyState title={words.emptyTitle} actions={add}>
            {words.empty}
          </EmptyState>
        }
      />
    </>
  );
}
