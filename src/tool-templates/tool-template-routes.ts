import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { normalizeTool } from "../assistants/tool-definition.ts";
import { withToolSecretOf } from "../assistants/tool-secrets.ts";
import type { Database } from "../db/database.ts";
import { createResourceStore } from "../db/resource-store.ts";
import { resourceRoutes } from "../http/resource-routes.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { maySeeSecrets } from "../people/permissions.ts";

const TYPES = {
  function: "function",
  end_call: "end_call",
  transfer_call: "transfer_call",
  // The reference page's spelling; what is returned is the SDK's (facts 2.7).
  endCall: "end_call",
  transferCall: "transfer_call",
} as const;
type ToolType = (typeof TYPES)[keyof typeof TYPES];

const name = z.string().max(255).regex(/\S/, "must not be empty");
const description = z.string().max(10_000).nullish();
const toolType = z
  .enum(Object.keys(TYPES) as (keyof typeof TYPES)[])
  .transform((type): ToolType => TYPES[type]);
const toolConfig = z.record(z.string(), z.unknown());

export const toolTemplateCreateBody = z.object({
  name,
  description,
  tool_type: toolType,
  tool_config: toolConfig,
});
export const toolTemplateUpdateBody = z.object({
  name: name.optional(),
  description,
  tool_type: toolType.optional(),
  tool_config: toolConfig.optional(),
});

/**
 * `/tool-templates` (facts 2.7): tools that people copy into assistants; nothing refers to them. What a template holds
 * must work as a tool, so the one reader of tools reads it too.
 */
export function toolTemplateRoutes(
  server: FastifyInstance,
  { db, refuseUrl }: { db: Database; refuseUrl: (url: string) => string | undefined },
): void {
  /** @throws ApiError 400 */
  function check(template: {
    name: string;
    tool_type: ToolType;
    tool_config: Record<string, unknown>;
  }): void {
    const { tool_type: type, tool_config: config } = template;
    // Without a name of its own, a function is called as the template is.
    const tool = normalizeTool({ name: template.name, ...config, type }, refuseUrl);
    if (typeof tool !== "string") return;
    const isNameOfTemplate = tool.startsWith(".name:") && config["name"] === undefined;
    throw validationError([
      isNameOfTemplate
        ? `name: as the function's name it ${tool.slice(".name: ".length)}`
        : `tool_config${tool}`,
    ]);
  }

  resourceRoutes(server, {
    db,
    store: createResourceStore("tool_templates"),
    path: "/tool-templates",
    name: "tool_template",
    plural: "tool_templates",
    notFound: "tool_template_not_found",
    toWire: ({ organization_id, ...row }) => ({
      id: row.id,
      org_id: organization_id,
      name: row.name,
      description: row.description,
      tool_type: row.tool_type,
      tool_config: row.tool_config,
      created_at: row.created_at,
      updated_at: row.updated_at,
    }),
    create(body) {
      const template = parseBody(toolTemplateCreateBody, body);
      check(template);
      return {
        ...template,
        description: template.description ?? null,
        tool_config: JSON.stringify(template.tool_config),
      };
    },
    update(body, row, _organizationId, person) {
      const { tool_config: given, ...changes } = parseBody(toolTemplateUpdateBody, body);
      const saved = row.tool_config as Record<string, unknown>;
      // Who may not see the tool's secret was shown null, and sends that back.
      const config = given && !maySeeSecrets(person) ? withToolSecretOf(given, saved) : given;
      check({
        name: changes.name ?? row.name,
        tool_type: changes.tool_type ?? row.tool_type,
        tool_config: config ?? saved,
      });
      return { ...changes, ...(config && { tool_config: JSON.stringify(config) }) };
    },
  });
}
