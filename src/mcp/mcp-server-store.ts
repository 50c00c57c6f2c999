import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import { isUuid } from "../ids.ts";
import type { SecretBox } from "../secret-box.ts";
import type { McpTarget } from "./mcp-client.ts";

/** How many of the organization's assistants take tools from this server. */
export async function countAssistantsOfMcpServer(
  db: Queryable,
  organizationId: string,
  serverId: string,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from assistants
    where organization_id = ${organizationId} and jsonb_path_exists(
      configuration::jsonb, '$.llm_config.tools[*] ? (@.mcp_server_id == $id)', ${JSON.stringify({ id: serverId })}::jsonb
    )
  `.execute(db);
  return rows[0]!.count;
}

/** Those of the ids that are no MCP server of the organization. */
export async function unknownMcpServers(
  db: Queryable,
  organizationId: string,
  ids: readonly string[],
): Promise<string[]> {
  const wellFormed = ids.filter(isUuid);
  if (wellFormed.length === 0) return [...ids];
  const rows = await db
    .selectFrom("mcp_servers")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("id", "in", wellFormed)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id.toLowerCase()));
}

/** What a call needs to reach a server, its headers in clear. */
export async function findMcpTarget(
  db: Queryable,
  secretBox: SecretBox,
  organizationId: string,
  id: string,
): Promise<{ name: string; target: McpTarget } | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom("mcp_servers")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { name, url, transport, headers, timeout_seconds: timeoutSeconds } = row;
  const opened = headers === null ? {} : (JSON.parse(secretBox.open(headers)) as Record<string, string>);
  return { name, target: { url, transport, headers: opened, timeoutMs: timeoutSeconds * 1_000 } };
}
