import { ActionIcon, Button, Group, Text } from "@mantine/core";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import type { Column } from "../../components/data-table.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { DateTime, TimeAgo } from "../../components/moments.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { KeyCreateDialog } from "./key-create-dialog.tsx";
import { useKeysWords } from "./keys-words.ts";

export default function KeysSection() {
  const words = useKeysWords();
  const queryClient = useQueryClient();
  const mayOwn = useMay("own");
  const [isAdding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<Wire<"ApiKey"> | undefined>();
  const revokeColumn: Column<Wire<"ApiKey">> = {
    key: "revoke",
    header: "",
    width: "36px",
    cell: (key) => (
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={words.revokeNamed(key.name)}
        onClick={() => setRevoking(key)}
      >
        <IconTrash size={16} />
      </ActionIcon>
    ),
  };
  const columns: Column<Wire<"ApiKey">>[] = [
    { key: "name", header: words.name, width: "minmax(0, 1fr)", cell: ({ name }) => name },
    {
      key: "begins",
      header: words.begins,
      width: "130px",
      cell: ({ prefix }) => prefix ?? "–",
      hideBelow: "sm",
    },
    {
      key: "created",
      header: words.created,
      width: "140px",
      cell: (key) => <TimeAgo at={key.created_at} />,
      hideBelow: "sm",
    },
    {
      key: "used",
      header: words.used,
      width: "140px",
      cell: ({ last_used_at: usedAt }) => (usedAt === null ? words.never : <TimeAgo at={usedAt} />),
    },
    {
      key: "ends",
      header: words.ends,
      width: "110px",
      cell: ({ expires_at: endsAt }) => (endsAt === null ? words.never : <DateTime at={endsAt} short />),
      hideBelow: "md",
    },
    revokeColumn,
  ];
  if (!mayOwn) return <Text c="dimmed">{words.ownersOnly}</Text>;
  const add = <Button onClick={() => setAdding(true)}>{words.add}</Button>;
  return (
    <>
      <Group justify="space-between" mb="md" gap="xs">
        <Text c="dimmed" flex="1 1 260px">
          {words.help}
        </Text>
        {add}
      </Group>
      <ResourceList
        label={words.title}
        query={{
          queryKey: ["api-keys"],
          queryFn: async ({ signal }) => {
            const { api_keys: keys } = await need(api.GET("/api/v1/api-keys", { signal }));
            return keys.filter((key) => key.revoked_at === null);
          },
        }}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
      {isAdding && <KeyCreateDialog onClose={() => setAdding(false)} />}
      {revoking && (
        <ConfirmDialog
          title={words.revokeNamed(revoking.name)}
          confirmLabel={words.revoke}
          isDangerous
          onConfirm={async () => {
            await need(api.DELETE("/api/v1/api-keys/{id}", { params: { path: { id: revoking.id } } }));
            await queryClient.invalidateQueries({ queryKey: ["api-keys"] });
          }}
          onClose={() => setRevoking(undefined)}
        >
          {words.revokeHelp(revoking.name)}
        </ConfirmDialog>
      )}
    </>
  );
}
