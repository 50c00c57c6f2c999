import { z } from "zod";
import { mcpServerCreateBody, mcpServerUpdateBody, mcpTestBody } from "../mcp/mcp-server-routes.ts";
import type { Operation } from "./operation.ts";
import { resourceOperations } from "./resource-operations.ts";

const instant = z.iso.datetime();

const mcpServerShape = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string(),
    transport: z.enum(["streamable_http", "sse"]),
    header_names: z.array(z.string()),
    timeout_seconds: z.int(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "McpServer", description: "The values of headers are never returned." });

const mcpTestShape = z
  .discriminatedUnion("ok", [
    z.object({
      ok: z.literal(true),
      duration_ms: z.int(),
      tools: z.array(
        z.object({
          name: z.string(),
          description: z.string().nullable(),
          input_schema: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
    z.object({ ok: z.literal(false), duration_ms: z.int(), error: z.string() }),
  ])
  .meta({ id: "McpTest" });

export const mcpOperations: Operation[] = [
  ...resourceOperations({
    path: "/mcp-servers",
    tag: "MCP servers",
    name: "mcp_server",
    plural: "mcp_servers",
    shape: mcpServerShape,
    create: mcpServerCreateBody,
    update: mcpServerUpdateBody,
    notFound: "mcp_server_not_found",
    createErrors: ["mcp_server_name_taken"],
    updateErrors: ["mcp_server_name_taken"],
    deleteErrors: ["mcp_server_in_use"],
  }),
  {
    tag: "MCP servers",
    method: "post",
    path: "/mcp-servers/{id}/test",
    summary: "Connect and list the server's tools; whatever comes of that is the answer",
    body: mcpTestBody,
    errors: ["mcp_server_not_found"],
    answers: { 200: { description: "Reached, or not", schema: mcpTestShape } },
  },
];
