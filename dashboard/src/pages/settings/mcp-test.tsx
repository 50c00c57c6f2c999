import { Button, Code, Group, List, Modal, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useMcpWords } from "./mcp-words.ts";

/** Asks a server for its tools, now, and shows them or what went wrong. */
export function McpTest({ server, onClose }: { server: Wire<"McpServer">; onClose: () => void }) {
  const words = useMcpWords();
  const formats = useFormats();
  const { data, error, refetch } = useQuery({
    queryKey: ["mcp-test", server.id],
    queryFn: ({ signal }) =>
      need(
        api.POST("/api/v1/mcp-servers/{id}/test", {
          params: { path: { id: server.id } },
          body: {},
          signal,
        }),
      ),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Modal opened onClose={onClose} title={words.testTitle(server.name)} size="lg">
      <Stack gap="md" aria-live="polite">
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {!data && !error && (
          <>
            <Text c="dimmed">{words.testing}</Text>
            <Skeleton height={80} />
          </>
        )}
        {data?.ok === true && (
          <>
            <Text>
              {words.testOk(formats.number(data.tools.length), formats.milliseconds(data.duration_ms))}
            </Text>
            <List size="sm">
              {data.tools.map((tool) => (
                <List.Item key={tool.name}>
                  <Code>{tool.name}</Code> {tool.description}
                </List.Item>
              ))}
            </List>
          </>
        )}
        {data?.ok === false && (
          <>
            <Text c="var(--bad)">{words.testFailed(formats.milliseconds(data.duration_ms))}</Text>
            <Code block>{data.error}</Code>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.close}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
