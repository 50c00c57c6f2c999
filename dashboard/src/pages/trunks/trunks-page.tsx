import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { StatusBadge, type Tone } from "../../components/status-badge.tsx";
import { useTrunksWords } from "./trunks-words.ts";

const TONES: Record<Wire<"SipTrunk">["reachability"]["state"], Tone> = {
  up: "good",
  down: "bad",
  unknown: "neutral",
};

export default function TrunksPage() {
  const words = useTrunksWords();
  const columns: Column<Wire<"SipTrunk">>[] = [
    { key: "name", header: words.name, width: "minmax(0, 1fr)", cell: ({ name }) => name },
    { key: "address", header: words.address, width: "minmax(0, 1fr)", cell: ({ address }) => address },
    {
      key: "state",
      header: words.state,
      width: "150px",
      cell: ({ reachability: { state } }) => <StatusBadge tone={TONES[state]}>{words[state]}</StatusBadge>,
    },
  ];
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <ResourceList
        label={words.title}
        queryKey={["trunks"]}
        fetchRows={async (signal) => (await need(api.GET("/api/v1/sip-trunks", { signal }))).trunks}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
    </>
  );
}
