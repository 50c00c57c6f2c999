import { z } from "zod";
import {
  analysisTemplateCreateBody,
  analysisTemplateUpdateBody,
} from "../analysis-templates/analysis-template-routes.ts";
import { toolTemplateCreateBody, toolTemplateUpdateBody } from "../tool-templates/tool-template-routes.ts";
import { trunkChangeBody, trunkCreateBody } from "../trunks/trunk-body.ts";
import { workflowDefinitionSchema } from "../workflows/workflow-definition.ts";
import { workflowCreateBody, workflowUpdateBody } from "../workflows/workflow-routes.ts";
import type { Operation } from "./operation.ts";
import { deleted, resourceOperations } from "./resource-operations.ts";
import {
  analysisTemplateShape,
  toolTemplateShape,
  trunkShape,
  workflowShape,
  workflowSummaryShape,
} from "./resource-shapes.ts";

// The routes read the definition on its own; the document shows it as a part of the body.
const graph = { definition: workflowDefinitionSchema };
const badGraph = ["invalid_workflow", "realtime_provider_not_allowed_per_node"] as const;
const chats = { tag: "Chats", isDeprecated: true } as const;

/** What people keep beside assistants and numbers. */
export const keptOperations: Operation[] = [
  ...resourceOperations({
    path: "/tool-templates",
    tag: "Tool templates",
    name: "tool_template",
    plural: "tool_templates",
    shape: toolTemplateShape,
    create: toolTemplateCreateBody,
    update: toolTemplateUpdateBody,
    notFound: "tool_template_not_found",
  }),
  ...resourceOperations({
    path: "/analysis-templates",
    tag: "Analysis templates",
    name: "analysis_template",
    plural: "analysis_templates",
    shape: analysisTemplateShape,
    create: analysisTemplateCreateBody,
    update: analysisTemplateUpdateBody,
    notFound: "analysis_template_not_found",
  }),
  ...resourceOperations({
    path: "/sip-trunks",
    tag: "SIP trunks",
    name: "trunk",
    plural: "trunks",
    shape: trunkShape,
    create: trunkCreateBody,
    update: trunkChangeBody,
    notFound: "sip_trunk_not_found",
  }),
  ...resourceOperations({
    path: "/workflows",
    tag: "Workflows",
    name: "workflow",
    plural: "workflows",
    shape: workflowShape,
    listShape: workflowSummaryShape,
    create: workflowCreateBody.extend(graph),
    update: workflowUpdateBody.extend({ definition: workflowDefinitionSchema.optional() }),
    notFound: "workflow_not_found",
    createErrors: badGraph,
    updateErrors: badGraph,
    deleteErrors: ["workflow_in_use"],
  }),
  {
    ...chats,
    method: "get",
    path: "/chats",
    summary: "Always empty: text chats are deprecated",
    answers: { 200: { description: "None", schema: z.object({ chats: z.array(z.unknown()) }) } },
  },
  {
    ...chats,
    method: "get",
    path: "/chats/context",
    summary: "Always null: text chats are deprecated",
    answers: { 200: { description: "None", schema: z.object({ context: z.null() }) } },
  },
  {
    ...chats,
    method: "post",
    path: "/chats",
    summary: "Always refused: text chats are deprecated",
    errors: ["chats_gone"],
    answers: {},
  },
  {
    ...chats,
    method: "delete",
    path: "/chats/{id}",
    summary: "Always 404: text chats are deprecated",
    errors: ["chat_not_found"],
    answers: deleted,
  },
];
