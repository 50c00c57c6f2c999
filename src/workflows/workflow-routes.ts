import type { FastifyInstance } from "fastify";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { Database, Queryable } from "../db/database.ts";
import { createResourceStore } from "../db/resource-store.ts";
import type { Tables } from "../db/tables.ts";
import { ApiError } from "../errors.ts";
import { resourceRoutes } from "../http/resource-routes.ts";
import { parseBody, readBy } from "../http/validation.ts";
import {
  graphProblems,
  REALTIME_ON_NODE,
  workflowDefinitionSchema,
  type WorkflowDefinition,
} from "./workflow-definition.ts";

const name = z.string().max(255).regex(/\S/, "must not be empty");
/** Read on its own, because its refusal has a text of its own (facts 6.1). */
const definition = z.unknown();
export const workflowCreateBody = z.object({ name, definition, is_active: z.boolean().optional() });
export const workflowUpdateBody = z.object({
  name: name.optional(),
  definition: definition.optional(),
  is_active: z.boolean().optional(),
});

/**
 * `/workflows` (facts 6.1). A call reads its definition when it begins, and keeps it: a change takes effect with the
 * next one.
 *
 * @param countNumbers  how many numbers the workflow drives; asked in the transaction that deletes it
 */
export function workflowRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    refuseUrl: (url: string) => string | undefined;
    countNumbers: (tx: Queryable, workflowId: string) => Promise<number>;
  },
): void {
  /** @throws ApiError 400 with a line for each problem */
  function check(given: unknown): WorkflowDefinition {
    const reading = readBy(workflowDefinitionSchema, given);
    const problems =
      reading.outcome === "ok" ? graphProblems(reading.value, options.refuseUrl) : reading.problems;
    if (reading.outcome === "ok" && problems.length === 0) return reading.value;
    const isRealtime = problems.some((problem) => problem.includes(REALTIME_ON_NODE));
    throw new ApiError(isRealtime ? REALTIME_ON_NODE : "invalid_workflow", { details: problems });
  }

  resourceRoutes(server, {
    db: options.db,
    store: createResourceStore("workflows"),
    path: "/workflows",
    name: "workflow",
    plural: "workflows",
    notFound: "workflow_not_found",
    toWire: ({ id, name: called, is_active, definition: graph, created_at, updated_at }) => ({
      id,
      name: called,
      is_active,
      definition: graph,
      created_at,
      updated_at,
    }),
    toListed: toSummary,
    create(body) {
      const { definition: graph, ...workflow } = parseBody(workflowCreateBody, body);
      return { ...workflow, definition: JSON.stringify(check(graph)) };
    },
    update(body) {
      const { definition: graph, ...changes } = parseBody(workflowUpdateBody, body);
      return { ...changes, ...(graph !== undefined && { definition: JSON.stringify(check(graph)) }) };
    },
    async beforeDelete(tx, { id }) {
      const numbers = await options.countNumbers(tx, id);
      if (numbers > 0) {
        throw new ApiError("workflow_in_use", {
          error: `Workflow is attached to ${numbers} phone number${numbers === 1 ? "" : "s"}. Detach it first (PATCH /numbers/{id} with workflow_id: null).`,
        });
      }
    },
  });
}

function toSummary(row: Selectable<Tables["workflows"]>) {
  const graph = row.definition as WorkflowDefinition;
  return {
    id: row.id,
    name: row.name,
    is_active: row.is_active,
    entry_node: graph.entry_node,
    node_count: graph.nodes.length,
    edge_count: graph.edges?.length ?? 0,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
