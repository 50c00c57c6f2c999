import type { FastifyInstance } from "fastify";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { SecretBox } from "../secret-box.ts";
import type { Database, Queryable } from "../db/database.ts";
import { createResourceStore } from "../db/resource-store.ts";
import type { Tables } from "../db/tables.ts";
import { ApiError } from "../errors.ts";
import { wholeNumberFrom } from "../http/fields.ts";
import { resourceRoutes } from "../http/resource-routes.ts";
import { parseBody, validationError } from "../http/validation.ts";
import type { McpConnection, McpTarget } from "./mcp-client.ts";
import { readMcpUrl } from "./mcp-url.ts";

const MAX_HEADERS = 10;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
/** The protocol's and the connection's own: set from outside they would break either. */
const OURS = new Set([
  "host",
  "connection",
  "content-length",
  "content-type",
  "transfer-encoding",
  "accept",
  "mcp-session-id",
  "mcp-protocol-version",
]);
const UNIQUE_VIOLATION = "23505";

const headersField = z
  .record(
    z.string(),
    z
      .string()
      .max(8_192)
      .regex(/^[\t\x20-\x7e]*$/, "must be printable ASCII"),
  )
  .superRefine((headers, context) => {
    const names = Object.keys(headers);
    if (names.length > MAX_HEADERS) {
      const message = `must have at most ${MAX_HEADERS} entries, got ${names.length}`;
      context.addIssue({ code: "custom", message });
    }
    for (const name of names) {
      if (!HEADER_NAME.test(name)) {
        context.addIssue({ code: "custom", path: [name], message: "is not the name of a header" });
      } else if (OURS.has(name.toLowerCase())) {
        context.addIssue({ code: "custom", path: [name], message: "is set by the server itself" });
      }
    }
  });
const fields = {
  name: z.string().max(255).regex(/\S/, "must not be empty"),
  url: z.string().max(2_048),
  transport: z.enum(["streamable_http", "sse"]),
  timeout_seconds: wholeNumberFrom(5, 60),
};
export const mcpServerCreateBody = z.object({
  name: fields.name,
  url: fields.url,
  transport: fields.transport.optional(),
  headers: headersField.nullish(),
  timeout_seconds: fields.timeout_seconds.optional(),
});
export const mcpServerUpdateBody = z.object({
  name: fields.name.optional(),
  url: fields.url.optional(),
  transport: fields.transport.optional(),
  headers: headersField.optional(),
  timeout_seconds: fields.timeout_seconds.optional(),
});
export const mcpTestBody = z.object({ headers: headersField.nullish() });

export interface McpServerRoutesOptions {
  db: Database;
  secretBox: SecretBox;
  clock: Clock;
  /** the operator has allowed this private address */
  isAllowedPrivate(url: URL): boolean;
  /** resolves the host and vets what it resolves to. @returns why it may not be reached; undefined: it may */
  refuseHost(url: URL): Promise<string | undefined>;
  connect(target: McpTarget): Promise<McpConnection>;
  countAssistants(tx: Queryable, organizationId: string, serverId: string): Promise<number>;
}

type Row = Selectable<Tables["mcp_servers"]>;

/** `/mcp-servers` (facts 10.2). The values of headers go in and never come out. */
export function mcpServerRoutes(server: FastifyInstance, options: McpServerRoutesOptions): void {
  const { secretBox, clock } = options;
  const store = createResourceStore("mcp_servers");

  /** @throws ApiError 400 */
  async function readUrl(text: string): Promise<URL> {
    const read = readMcpUrl(text, options.isAllowedPrivate);
    const reason = read.outcome === "refused" ? read.reason : await options.refuseHost(read.url);
    if (reason !== undefined) throw validationError([`url: ${reason}`]);
    return (read as Extract<typeof read, { outcome: "ok" }>).url;
  }

  const sealed = (headers: Record<string, string>) => ({
    header_names: Object.keys(headers),
    headers: Object.keys(headers).length === 0 ? null : secretBox.seal(JSON.stringify(headers)),
  });
  const opened = ({ headers }: Row) =>
    headers === null ? {} : (JSON.parse(secretBox.open(headers)) as Record<string, string>);

  resourceRoutes(server, {
    db: options.db,
    store,
    path: "/mcp-servers",
    name: "mcp_server",
    plural: "mcp_servers",
    notFound: "mcp_server_not_found",
    toWire,
    async create(body) {
      const { headers, ...given } = parseBody(mcpServerCreateBody, body);
      return { ...given, url: (await readUrl(given.url)).href, ...sealed(headers ?? {}) };
    },
    async update(body, row) {
      const { headers, ...changes } = parseBody(mcpServerUpdateBody, body);
      const url = changes.url === undefined ? undefined : await readUrl(changes.url);
      if (url && url.host !== new URL(row.url).host && headers === undefined) {
        // Else whoever may change the URL could have the stored credentials sent to a host of theirs.
        throw validationError(["headers: must be sent along when url leads to another host"]);
      }
      return { ...changes, ...(url && { url: url.href }), ...(headers && sealed(headers)) };
    },
    async beforeDelete(tx, { id, organization_id }) {
      const count = await options.countAssistants(tx, organization_id, id);
      if (count === 0) return;
      const message = `${count} assistant${count === 1 ? " takes" : "s take"} tools from it; take it out of llm_config.tools first`;
      throw new ApiError("mcp_server_in_use", { message });
    },
    explain: (error) =>
      (error as { code?: string }).code === UNIQUE_VIOLATION
        ? new ApiError("mcp_server_name_taken", { message: "name: another MCP server has this name" })
        : undefined,
  });

  server.post<{ Params: { id: string } }>("/mcp-servers/:id/test", async (request) => {
    const row = await store.find(options.db, request.organizationId, request.params.id);
    if (!row) throw new ApiError("mcp_server_not_found");
    const body = parseBody(mcpTestBody, request.body);
    const startedMs = clock.monotonicMs();
    const tookMs = () => Math.round(clock.monotonicMs() - startedMs);
    try {
      const connection = await options.connect({
        url: row.url,
        transport: row.transport,
        headers: { ...opened(row), ...body.headers },
        timeoutMs: row.timeout_seconds * 1_000,
      });
      try {
        const tools = await connection.listTools();
        return {
          ok: true,
          duration_ms: tookMs(),
          tools: tools.map((tool) => ({
            name: tool.name,
            description: tool.description,
            input_schema: tool.inputSchema,
          })),
        };
      } finally {
        await connection.close();
      }
    } catch (error) {
      // What is wrong with the other server is this operation's result, not its failure.
      return { ok: false, duration_ms: tookMs(), error: (error as Error).message };
    }
  });
}

function toWire(row: Row) {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    transport: row.transport,
    header_names: row.header_names,
    timeout_seconds: row.timeout_seconds,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
