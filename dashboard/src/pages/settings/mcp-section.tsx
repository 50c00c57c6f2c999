import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { mcpServersQuery } from "../../api/lists.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import classes from "../../components/rows.module.css";
import { McpDialog } from "./mcp-dialog.tsx";
import { McpTest } from "./mcp-test.tsx";
import { useMcpWords } from "./mcp-words.ts";

type Server = Wire<"McpServer">;
type Doing = { what: "add" } | { what: "edit" | "test" | "remove"; server: Server };

export default function McpSection() {
  const words = useMcpWords();
  const mayChange = useMay("change");
  const queryClient = useQueryClient();
  const [doing, setDoing] = useState<Doing | undefined>();
  const { data, error, refetch } = useQuery(mcpServersQuery);
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} />;
  const close = () => setDoing(undefined);
  const add = mayChange && <Button onClick={() => setDoing({ what: "add" })}>{words.add}</Button>;
  return (
    <Stack maw={820} gap="md">
      <RoleNote needs="change" />
      {data.length === 0 ? (
        <EmptyState title={words.emptyTitle} actions={add}>
          {words.empty}
        </EmptyState>
      ) : (
        <>
          <Group justify="space-between" gap="xs">
            <Text c="dimmed" flex="1 1 260px">
              {words.help}
            </Text>
            {add}
          </Group>
          <ul className={classes.rows} aria-label={words.list}>
            {data.map((server) => (
              <li key={server.id}>
                <div>
                  <Text fw={500}>{server.name}</Text>
                  <Text size="sm" c="dimmed">
                    {server.url}
                  </Text>
                </div>
                {mayChange && (
                  <Group gap="xs">
                    <Button
                      size="xs"
                      variant="subtle"
                      color="gray"
                      aria-label={words.removeTitle(server.name)}
                      onClick={() => setDoing({ what: "remove", server })}
                    >
                      {words.remove}
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={words.editNamed(server.name)}
                      onClick={() => setDoing({ what: "edit", server })}
                    >
                      {words.edit}
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={words.testNamed(server.name)}
                      onClick={() => setDoing({ what: "test", server })}
                    >
                      {words.test}
                    </Button>
                  </Group>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {doing?.what === "add" && <McpDialog onClose={close} />}
      {doing?.what === "edit" && <McpDialog server={doing.server} onClose={close} />}
      {doing?.what === "test" && <McpTest server={doing.server} onClose={close} />}
      {doing?.what === "remove" && (
        <ConfirmDialog
          title={words.removeTitle(doing.server.name)}
          confirmLabel={words.removeConfirm}
          isDangerous
          onConfirm={async () => {
            await need(api.DELETE("/api/v1/mcp-servers/{id}", { params: { path: { id: doing.server.id } } }));
            await queryClient.invalidateQueries({ queryKey: ["mcp-servers"] });
          }}
          onClose={close}
        >
          {words.removeHelp}
        </ConfirmDialog>
      )}
    </Stack>
  );
}
