import { Text } from "@mantine/core";
import type { Wire } from "../../api/wire.ts";
import { DataTable, type Column } from "../../components/data-table.tsx";
import { StatusBadge, type Tone } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useCallWords } from "./call-words.ts";

type TracedWebhook = Wire<"CallTrace">["webhooks"][number];

const TONES: Record<TracedWebhook["state"], Tone> = {
  delivered: "good",
  pending: "neutral",
  "in-flight": "live",
  exhausted: "bad",
  failed: "bad",
  cancelled: "warn",
  skipped: "neutral",
};

/** The call's events and what became of them. */
export function CallWebhooks({ webhooks }: { webhooks: readonly TracedWebhook[] }) {
  const words = useCallWords();
  const formats = useFormats();
  const columns: Column<TracedWebhook>[] = [
    { key: "event", header: words.event, width: "minmax(0, 1fr)", cell: ({ type }) => type },
    {
      key: "state",
      header: words.state,
      width: "minmax(0, 1fr)",
      cell: ({ state, reason }) => (
        <span title={reason ?? undefined}>
          <StatusBadge tone={TONES[state]}>{state}</StatusBadge>
        </span>
      ),
    },
    {
      key: "attempts",
      header: words.attempts,
      width: "90px",
      align: "end",
      cell: (event) => formats.number(event.attempt_count),
      hideBelow: "sm",
    },
    {
      key: "when",
      header: words.when,
      width: "90px",
      align: "end",
      cell: (event) => formats.milliseconds(event.offset_ms),
    },
  ];
  return (
    <DataTable
      label={words.webhooks}
      columns={columns}
      total={webhooks.length}
      rowAt={(index) => webhooks[index]}
      rowKey={({ id }) => id}
      href={({ id }) => `/webhooks/events/${id}`}
      empty={<Text c="dimmed">{words.noWebhooks}</Text>}
    />
  );
}
