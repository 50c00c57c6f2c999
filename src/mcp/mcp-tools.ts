import type { McpTool as McpToolDefinition } from "../assistants/tools.ts";
import type { ExternalTool } from "../conversation/conversation.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { McpConnection, McpTarget } from "./mcp-client.ts";

/** The tools that an assistant takes from MCP servers, opened for one call. */
export type OpenedMcpTools =
  | { outcome: "opened"; tools: ExternalTool[]; close(): Promise<void> }
  /** a server that is required cannot be reached: the call is rejected (facts 5.5) */
  | { outcome: "unreachable"; error: string };

/** Somebody listens to the ringing: longer is not waited, whatever the server's own limit for its requests is. */
const CONNECT_WITHIN_MS = 5_000;

export interface McpToolsPorts {
  /** @returns undefined: it was deleted, or the organization has no such server */
  findServer(organizationId: string, id: string): Promise<{ name: string; target: McpTarget } | undefined>;
  connect(target: McpTarget): Promise<McpConnection>;
  logger: Logger;
}

/** Connects to every server that the tools name, all at once, and keeps of each what is allowed. */
export function createOpenMcpTools(ports: McpToolsPorts) {
  async function openOne(organizationId: string, { serverId, allowedTools }: McpToolDefinition) {
    const server = await ports.findServer(organizationId, serverId);
    if (!server) throw new Error("an MCP server of the assistant does not exist any more");
    const { name, target } = server;
    try {
      const connection = await ports.connect({
        ...target,
        timeoutMs: Math.min(target.timeoutMs, CONNECT_WITHIN_MS),
      });
      const listed = await connection.listTools().catch(async (error: unknown) => {
        await connection.close();
        throw error;
      });
      const missing = allowedTools.filter((allowed) => !listed.some((tool) => tool.name === allowed));
      if (missing.length > 0)
        ports.logger.warn({ server: name, missing }, "an MCP server lacks tools of an assistant");
      const tools = listed
        .filter((tool) => allowedTools.includes(tool.name))
        .map((tool) => ({
          name: tool.name,
          description: tool.description ?? "",
          parameters: tool.inputSchema,
          run: (args: Record<string, unknown>, signal: AbortSignal) =>
            connection.callTool(tool.name, args, target.timeoutMs, signal),
        }));
      return { tools, connection };
    } catch (error) {
      throw new Error(`MCP server ${name}: ${toError(error).message}`, { cause: error });
    }
  }

  return async (organizationId: string, wanted: readonly McpToolDefinition[]): Promise<OpenedMcpTools> => {
    const opened = await Promise.allSettled(wanted.map((tool) => openOne(organizationId, tool)));
    const connections = opened.flatMap((each) =>
      each.status === "fulfilled" ? [each.value.connection] : [],
    );
    const close = async () => void (await Promise.all(connections.map((connection) => connection.close())));
    for (const [index, each] of opened.entries()) {
      if (each.status === "fulfilled") continue;
      const error = toError(each.reason).message;
      if (wanted[index]!.isRequired) {
        await close();
        return { outcome: "unreachable", error };
      }
      ports.logger.warn({ error }, "an MCP server that is not required is left out of a call");
    }
    const tools = opened.flatMap((each) => (each.status === "fulfilled" ? each.value.tools : []));
    return { outcome: "opened", tools, close };
  };
}
