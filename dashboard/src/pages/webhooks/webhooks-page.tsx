import { useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useLiveStream } from "../../api/live-stream.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useWebhooksWords } from "./webhooks-words.ts";

export default function WebhooksPage() {
  const words = useWebhooksWords();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["webhook-endpoints"] });
  useLiveStream("/api/v1/webhook-events/stream", { events: ["webhook"], onEvent: refresh, onLive: refresh });
  const columns: Column<Wire<"WebhookEndpoint">>[] = [
    { key: "url", header: words.endpoint, width: "minmax(0, 1fr)", cell: ({ url }) => url },
    {
      key: "health",
      header: words.health,
      width: "minmax(0, 190px)",
      cell: (endpoint) => <Health endpoint={endpoint} />,
    },
    {
      key: "pending",
      header: words.pending,
      width: "80px",
      align: "end",
      cell: ({ pending }) => formats.number(pending),
      hideBelow: "sm",
    },
  ];
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <ResourceList
        label={words.title}
        queryKey={["webhook-endpoints"]}
        fetchRows={async (signal) =>
          (await need(api.GET("/api/v1/webhook-endpoints", { signal }))).webhook_endpoints
        }
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
    </>
  );
}

function Health({ endpoint }: { endpoint: Wire<"WebhookEndpoint"> }) {
  const words = useWebhooksWords();
  const formats = useFormats();
  if (!endpoint.is_enabled) return <StatusBadge tone="bad">{words.disabled}</StatusBadge>;
  if (endpoint.breaker !== "closed") return <StatusBadge tone="bad">{words.resting}</StatusBadge>;
  if (endpoint.consecutive_failures > 0) {
    return (
      <StatusBadge tone="warn">{words.failing(formats.number(endpoint.consecutive_failures))}</StatusBadge>
    );
  }
  return <StatusBadge tone="good">{words.healthy}</StatusBadge>;
}
