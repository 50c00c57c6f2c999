import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { createResourceStore } from "../db/resource-store.ts";
import { resourceRoutes } from "../http/resource-routes.ts";
import { parseBody } from "../http/validation.ts";

const name = z.string().max(255).regex(/\S/, "must not be empty");
const description = z.string().max(10_000).nullish();
const prompt = z.string().min(1).max(100_000);
/** a JSON Schema; an object, because that is what a result is */
const schema = z.record(z.string(), z.unknown());

export const analysisTemplateCreateBody = z.object({
  name,
  description,
  system_prompt: prompt,
  user_prompt: prompt,
  schema,
});
export const analysisTemplateUpdateBody = z.object({
  name: name.optional(),
  description,
  system_prompt: prompt.optional(),
  user_prompt: prompt.optional(),
  schema: schema.optional(),
});

/** `/analysis-templates` (facts 2.8): kept for people to copy from; nothing refers to them. */
export function analysisTemplateRoutes(server: FastifyInstance, { db }: { db: Database }): void {
  resourceRoutes(server, {
    db,
    store: createResourceStore("analysis_templates"),
    path: "/analysis-templates",
    name: "analysis_template",
    plural: "analysis_templates",
    notFound: "analysis_template_not_found",
    toWire: (row) => ({
      id: row.id,
      org_id: row.organization_id,
      name: row.name,
      description: row.description,
      system_prompt: row.system_prompt,
      user_prompt: row.user_prompt,
      schema: row.schema,
      created_at: row.created_at,
      updated_at: row.updated_at,
    }),
    create(body) {
      const template = parseBody(analysisTemplateCreateBody, body);
      return {
        ...template,
        description: template.description ?? null,
        schema: JSON.stringify(template.schema),
      };
    },
    update(body) {
      const { schema: changed, ...changes } = parseBody(analysisTemplateUpdateBody, body);
      return { ...changes, ...(changed && { schema: JSON.stringify(changed) }) };
    },
  });
}
