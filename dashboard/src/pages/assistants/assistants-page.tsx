import { Button } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { assistantsQuery, numbersQuery } from "../../api/lists.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { AssistantMenu } from "./assistant-menu.tsx";
import { useAssistantsWords } from "./assistants-words.ts";
import { CreateDialog } from "./create-dialog.tsx";

export default function AssistantsPage() {
  const words = useAssistantsWords();
  const { data: numbers } = useQuery(numbersQuery);
  // In the address, so that the first page and others can lead to it.
  const [search, setSearch] = useSearchParams();
  const mayChange = useMay("change");
  const isCreating = mayChange && search.has("new");
  const create = mayChange && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setSearch({ new: "" })}>
      {words.create}
    </Button>
  );
  const numbersOf = (id: string) =>
    (numbers ?? []).filter((number) => number.agent_id === id).map((number) => number.phone_number);
  const menu: Column<Wire<"Assistant">> = {
    key: "more",
    header: "",
    width: "36px",
    cell: (assistant) => <AssistantMenu assistant={assistant} numbers={numbersOf(assistant.id)} />,
  };
  const columns: Column<Wire<"Assistant">>[] = [
    { key: "name", header: words.name, width: "minmax(0, 1.4fr)", cell: ({ name }) => name },
    {
      key: "model",
      header: words.model,
      width: "minmax(0, 1.2fr)",
      cell: ({ llm_config: llm }) => [llm.provider, llm.model].filter(Boolean).join(" · "),
      hideBelow: "sm",
    },
    {
      key: "voice",
      header: words.voice,
      width: "minmax(0, 1fr)",
      cell: (assistant) => voiceOf(assistant),
      hideBelow: "md",
    },
    {
      key: "numbers",
      header: words.numbers,
      width: "minmax(0, 150px)",
      cell: ({ id }) => numbersShown(numbersOf(id), words.noNumbers),
      hideBelow: "md",
    },
    {
      key: "status",
      header: words.status,
      width: "90px",
      cell: ({ is_active: isActive }) => (
        <StatusBadge tone={isActive ? "good" : "neutral"}>
          {isActive ? words.active : words.inactive}
        </StatusBadge>
      ),
    },
    {
      key: "changed",
      header: words.changed,
      width: "130px",
      cell: (assistant) => <TimeAgo at={assistant.updated_at} />,
      hideBelow: "sm",
    },
    ...(mayChange ? [menu] : []),
  ];
  return (
    <>
      <PageHeader title={words.title} description={words.description} actions={create} />
      <RoleNote needs="change" />
      <ResourceList
        label={words.title}
        query={assistantsQuery}
        columns={columns}
        rowKey={({ id }) => id}
        href={({ id }) => `/assistants/${id}`}
        empty={
          <EmptyState title={words.emptyTitle} actions={create}>
            {words.empty}
          </EmptyState>
        }
      />
      {isCreating && <CreateDialog onClose={() => setSearch({}, { replace: true })} />}
    </>
  );
}

/** Of a speech-to-speech model the voice is its own. */
function voiceOf({ tts_config: tts, llm_config: llm }: Wire<"Assistant">): string {
  if (tts) return [tts.provider, tts["voice_id"]].filter(Boolean).join(" · ");
  return typeof llm["voice"] === "string" ? llm["voice"] : "–";
}

function numbersShown(numbers: readonly string[], none: string): string {
  const [first, ...others] = numbers;
  if (first === undefined) return none;
  return others.length === 0 ? first : `${first} +${others.length}`;
}
