import { Anchor, MultiSelect, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { mcpServersQuery } from "../../api/lists.ts";
import { textOf } from "./document.ts";
import { useField } from "./editor.ts";
import { ChoiceField, SwitchField } from "./fields.tsx";
import { useToolsWords } from "./tools-words.ts";

const MOST = 25;

/** Tools of an MCP server: which server, and which of its tools. */
export function McpFields({ path }: { path: string }) {
  const words = useToolsWords();
  const { value: serverId } = useField(`${path}.mcp_server_id`);
  const { data: servers } = useQuery(mcpServersQuery);
  if (servers?.length === 0) {
    return (
      <Text c="dimmed">
        {words.noServers}{" "}
        <Anchor component={Link} href="/settings/mcp" inherit underline="always">
          {words.addServer}
        </Anchor>
      </Text>
    );
  }
  return (
    <>
      <ChoiceField
        path={`${path}.mcp_server_id`}
        label={words.server}
        choices={(servers ?? []).map(({ id, name, url }) => ({ value: id, label: `${name} (${url})` }))}
      />
      <AllowedTools path={`${path}.allowed_tools`} serverId={textOf(serverId)} />
      <SwitchField path={`${path}.required`} label={words.mcpRequired} isOnByDefault />
    </>
  );
}

/** The server is asked what it has; what was chosen before is shown whether it answers or not. */
function AllowedTools({ path, serverId }: { path: string; serverId: string }) {
  const words = useToolsWords();
  const { value, error, set } = useField(path);
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const { data: listed, isFetching } = useQuery({
    queryKey: ["mcp-server-tools", serverId],
    enabled: serverId !== "",
    staleTime: 60_000,
    queryFn: () =>
      need(api.POST("/api/v1/mcp-servers/{id}/test", { params: { path: { id: serverId } }, body: {} })),
  });
  const offered = listed?.ok ? listed.tools.map(({ name }) => name) : [];
  const help = isFetching
    ? words.listing
    : listed && !listed.ok
      ? words.listFailed(listed.error)
      : words.allowedHelp;
  return (
    <MultiSelect
      label={words.allowed}
      description={help}
      data={[...new Set([...offered, ...chosen])]}
      value={chosen}
      error={error}
      searchable
      maxValues={MOST}
      onChange={set}
    />
  );
}
