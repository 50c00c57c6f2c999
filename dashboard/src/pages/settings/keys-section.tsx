import { ActionIcon } from "@mantine/core";
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
import { TimeAgo } from "../../components/moments.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { useKeysWords } from "./keys-words.ts";

export default function KeysSection() {
  const words = useKeysWords();
  const queryClient = useQueryClient();
  const [revoking, setRevoking] = useState<Wire<"ApiKey"> | undefined>();
  const mayRevoke = useMay("own");
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
    { key: "begins", header: words.begins, width: "130px", cell: ({ prefix }) => prefix ?? "–" },
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
    ...(mayRevoke ? [revokeColumn] : []),
  ];
  return (
    <>
      <ResourceList
        label={words.title}
        queryKey={["api-keys"]}
        fetchRows={async (signal) => (await need(api.GET("/api/v1/api-keys", { signal }))).api_keys}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      />
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
