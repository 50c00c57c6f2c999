import { Text } from "@mantine/core";
import type { Wire } from "../../api/wire.ts";
import { DataTable, type Column } from "../../components/data-table.tsx";
import { EventState } from "../../components/event-state.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useCallWords } from "./call-words.ts";

type TracedWebhook = Wire<"CallTrace">["webhooks"][number];

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
      cell: (event) => (
        <span title={event.reason ?? undefined}>
          <EventState event={event} />
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
