import { ActionIcon, Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay, useSession, type Role } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import type { Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { ResourceList } from "../../components/resource-list.tsx";
import { Invitations } from "./invitations.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { useMembersWords } from "./members-words.ts";
import { useRoleChoices } from "./role-choices.ts";

type Member = Wire<"Member">;

export default function MembersSection() {
  const words = useMembersWords();
  const mayOwn = useMay("own");
  const session = useSession();
  const queryClient = useQueryClient();
  const [isInviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<Member | undefined>();
  const roles = useRoleChoices();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ["members"] }),
      // One may have changed oneself.
      queryClient.invalidateQueries({ queryKey: ["session"] }),
    ]);
  const change = useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      need(api.PATCH("/api/v1/members/{id}", { params: { path: { id } }, body: { role } })),
    onSuccess: () => notifications.show({ message: words.changed }),
    onSettled: refresh,
  });
  if (!mayOwn) return <Text c="dimmed">{words.ownersOnly}</Text>;

  const columns: Column<Member>[] = [
    {
      key: "person",
      header: words.person,
      width: "minmax(0, 1.4fr)",
      cell: (member) => (
        <>
          {member.name ?? member.email}
          {member.id === session.user.id && <Text span c="dimmed">{` (${words.you})`}</Text>}
        </>
      ),
    },
    {
      key: "role",
      header: words.role,
      width: "minmax(128px, 150px)",
      cell: (member) => (
        <Select
          size="xs"
          aria-label={words.roleOf(member.email)}
          data={roles}
          value={member.role}
          onChange={(role) => role !== null && role !== member.role && change.mutate({ id: member.id, role })}
        />
      ),
    },
    {
      key: "factor",
      header: words.factor,
      width: "120px",
      cell: (member) => (member.has_totp ? words.hasFactor : words.noFactor),
      hideBelow: "md",
    },
    {
      key: "seen",
      header: words.lastSeen,
      width: "140px",
      cell: ({ last_signed_in_at: at }) => (at === null ? words.never : <TimeAgo at={at} />),
      hideBelow: "sm",
    },
    {
      key: "remove",
      header: "",
      width: "36px",
      cell: (member) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.removeTitle(member.email)}
          onClick={() => setRemoving(member)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      ),
    },
  ];
  return (
    <Stack gap="xl">
      <div>
        <Group justify="flex-end" mb="xs">
          <Button onClick={() => setInviting(true)}>{words.invite}</Button>
        </Group>
        {change.error && <ErrorNotice error={change.error} />}
        <ResourceList
          label={words.list}
          query={{
            queryKey: ["members"],
            queryFn: async ({ signal }) => (await need(api.GET("/api/v1/members", { signal }))).members,
          }}
          columns={columns}
          rowKey={({ id }) => id}
          empty={<EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
        />
      </div>
      <section>
        <Title order={2} mb="xs">
          {words.invitations}
        </Title>
        <Invitations />
      </section>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
      {removing && (
        <ConfirmDialog
          title={words.removeTitle(removing.email)}
          confirmLabel={words.removeConfirm}
          isDangerous
          onConfirm={async () => {
            await need(api.DELETE("/api/v1/members/{id}", { params: { path: { id: removing.id } } }));
            await refresh();
          }}
          onClose={() => setRemoving(undefined)}
        >
          {words.removeHelp}
        </ConfirmDialog>
      )}
    </Stack>
  );
}
