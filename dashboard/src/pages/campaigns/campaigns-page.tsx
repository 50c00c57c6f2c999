import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { StatusBadge, type Tone } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useCampaignsWords } from "./campaigns-words.ts";

const TONES: Record<Wire<"Campaign">["status"], Tone> = {
  draft: "neutral",
  scheduled: "live",
  paused: "warn",
  completed: "good",
  cancelled: "neutral",
};

export default function CampaignsPage() {
  const words = useCampaignsWords();
  const formats = useFormats();
  const columns: Column<Wire<"Campaign">>[] = [
    { key: "name", header: words.name, width: "minmax(0, 1fr)", cell: ({ name }) => name },
    {
      key: "status",
      header: words.status,
      width: "130px",
      cell: ({ status }) => <StatusBadge tone={TONES[status]}>{words[status]}</StatusBadge>,
    },
    {
      key: "called",
      header: words.called,
      width: "110px",
      align: "end",
      cell: (campaign) =>
        `${formats.number(campaign.completed_leads + campaign.failed_leads)} / ${formats.number(campaign.total_leads)}`,
    },
  ];
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <ResourceList
        label={words.title}
        query={{
          queryKey: ["campaigns"],
          queryFn: async ({ signal }) => (await need(api.GET("/api/v1/campaigns", { signal }))).campaigns,
        }}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
    </>
  );
}
