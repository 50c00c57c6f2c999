import { useQueryClient } from "@tanstack/react-query";
import { useLiveStream } from "../../api/live-stream.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { EndpointHealth } from "./endpoint-health.tsx";
import { useEndpointWords } from "./endpoint-words.ts";
import { endpointsQuery } from "./use-endpoints.ts";
import { levelText, useWebhooksWords } from "./webhooks-words.ts";

export default function EndpointsSection() {
  const words = useEndpointWords();
  const section = useWebhooksWords();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const refresh = () => void queryClient.invalidateQueries({ queryKey: endpointsQuery.queryKey });
  useLiveStream("/api/v1/webhook-events/stream?attempts=true", {
    events: ["webhook", "attempt"],
    onEvent: refresh,
    onLive: refresh,
  });
  const columns: Column<Wire<"WebhookEndpoint">>[] = [
    { key: "url", header: words.endpoint, width: "minmax(0, 1.4fr)", cell: ({ url }) => url },
    {
      key: "health",
      header: words.health,
      width: "minmax(0, 1.2fr)",
      cell: (endpoint) => <EndpointHealth endpoint={endpoint} />,
    },
    {
      key: "level",
      header: words.level,
      width: "110px",
      cell: ({ level }) => levelText(level, section),
      hideBelow: "md",
    },
    {
      key: "waiting",
      header: words.waiting,
      width: "84px",
      align: "end",
      cell: ({ pending, in_flight: inFlight }) => formats.number(pending + inFlight),
      hideBelow: "sm",
    },
  ];
  return (
    <ResourceList
      label={words.list}
      query={endpointsQuery}
      columns={columns}
      rowKey={({ id }) => id}
      href={({ id }) => `/webhooks/endpoints/${id}`}
      empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
    />
  );
}
