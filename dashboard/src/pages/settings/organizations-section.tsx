import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay, useSession } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { DataTable, type Column } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { useOpenOrganization } from "../../layout/open-organization.ts";
import { OrganizationDialog } from "./organization-dialog.tsx";
import { useOrganizationsWords } from "./organizations-words.ts";

type Organization = Wire<"Organization">;
type Child = NonNullable<Organization["children"]>[number];

/** Those under the one that is looked at: a customer each. */
export default function OrganizationsSection() {
  const words = useOrganizationsWords();
  const open = useMutation({ mutationFn: useOpenOrganization() });
  const { data, error, refetch } = useQuery({
    queryKey: ["organization", "children"],
    queryFn: ({ signal }) =>
      need(api.GET("/api/v1/organizations", { params: { query: { include_children: "true" } }, signal })),
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} />;
  const opening = { openingId: open.isPending ? open.variables : undefined, onOpen: open.mutate };
  return (
    <Stack gap="md">
      {open.error && <ErrorNotice error={open.error} />}
      {data.parent_org_id === null ? (
        <Children organization={data} {...opening} />
      ) : (
        <EmptyState
          title={words.childTitle}
          actions={<OpenButton id={data.parent_org_id} hasName {...opening} />}
        >
          {words.child}
        </EmptyState>
      )}
    </Stack>
  );
}

interface Opening {
  /** the one that is about to be shown */
  openingId: string | undefined;
  onOpen: (id: string) => void;
}

function Children({ organization, ...opening }: { organization: Organization } & Opening) {
  const words = useOrganizationsWords();
  const mayOwn = useMay("own");
  const [isAdding, setAdding] = useState(false);
  const children = organization.children ?? [];
  const columns: Column<Child>[] = [
    { key: "name", header: words.name, width: "minmax(0, 1fr)", cell: ({ name }) => name },
    {
      key: "created",
      header: words.created,
      width: "140px",
      cell: (child) => <TimeAgo at={child.created_at} />,
      hideBelow: "sm",
    },
    {
      key: "open",
      header: "",
      width: "104px",
      align: "end",
      cell: ({ id }) => <OpenButton id={id} {...opening} />,
    },
  ];
  const add = mayOwn ? <Button onClick={() => setAdding(true)}>{words.add}</Button> : undefined;
  return (
    <div>
      <RoleNote needs="own" />
      {children.length > 0 && (
        <Group justify="space-between" mb="md" gap="xs">
          <Text c="dimmed" flex="1 1 260px">
            {words.help}
          </Text>
          {add}
        </Group>
      )}
      <DataTable
        label={words.list}
        columns={columns}
        total={children.length}
        rowAt={(index) => children[index]}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={words.emptyTitle} actions={add}>
            {words.empty}
          </EmptyState>
        }
      />
      {isAdding && <OrganizationDialog parentId={organization.id} onClose={() => setAdding(false)} />}
    </div>
  );
}

/** Nothing where the reader is not a member: who sees that there is an organization cannot look into it by that. */
function OpenButton({ id, hasName, openingId, onOpen }: { id: string; hasName?: boolean } & Opening) {
  const words = useOrganizationsWords();
  const organization = useSession().organizations.find((each) => each.id === id);
  if (!organization) return null;
  const named = words.openNamed(organization.name);
  return (
    <Button
      size={hasName ? "sm" : "xs"}
      variant="default"
      aria-label={named}
      loading={openingId === id}
      onClick={() => onOpen(id)}
    >
      {hasName ? named : words.open}
    </Button>
  );
}
