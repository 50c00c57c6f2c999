import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useAssistantsWords } from "./assistants-words.ts";

export default function AssistantsPage() {
  const words = useAssistantsWords();
  const columns: Column<Wire<"Assistant">>[] = [
    { key: "name", header: words.name, width: "minmax(0, 1.4fr)", cell: ({ name }) => name },
    {
      key: "model",
      header: words.model,
      width: "minmax(0, 1fr)",
      cell: ({ llm_config: llm }) => llm.model ?? llm.provider,
    },
    {
      key: "voice",
      header: words.voice,
      width: "minmax(0, 1fr)",
      cell: ({ tts_config: tts }) => tts?.provider ?? "–",
      hideBelow: "sm",
    },
    {
      key: "status",
      header: words.status,
      width: "110px",
      cell: ({ is_active: isActive }) => (
        <StatusBadge tone={isActive ? "good" : "neutral"}>
          {isActive ? words.active : words.inactive}
        </StatusBadge>
      ),
    },
    {
      key: "changed",
      header: words.changed,
      width: "140px",
      cell: (assistant) => <TimeAgo at={assistant.updated_at} />,
      hideBelow: "sm",
    },
  ];
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <ResourceList
        label={words.title}
        queryKey={["assistants"]}
        fetchRows={async (signal) => (await need(api.GET("/api/v1/assistants", { signal }))).assistants}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
    </>
  );
}
