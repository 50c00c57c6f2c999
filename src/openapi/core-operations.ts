import { z } from "zod";
import { assistantSchemas } from "../assistants/assistant-schema.ts";
import { callListQuery } from "../calls/call-routes.ts";
import { controlBody } from "../calls/call-command.ts";
import { outboundCallBody } from "../calls/outbound-routes.ts";
import { numberCreateBody, numberUpdateBody } from "../numbers/number-routes.ts";
import type { Operation } from "./operation.ts";
import { resourceOperations } from "./resource-operations.ts";
import { assistantShape, callShape, numberShape, paginationShape } from "./shapes.ts";

const schemas = assistantSchemas({ acceptsAnyOpenAiModel: false, refuseUrl: () => undefined });
const create = schemas.create.meta({ id: "AssistantCreate" });
const update = schemas.update.meta({ id: "AssistantUpdate" });

const assistants = {
  tag: "Assistants",
  name: "assistant",
  plural: "assistants",
  shape: assistantShape,
  create,
  update,
  notFound: "assistant_not_found",
} as const;

/** The documented API, as far as it is there. */
export const coreOperations: Operation[] = [
  {
    method: "get",
    path: "/health",
    tag: "Health",
    summary: "Whether the server and its database answer",
    isPublic: true,
    answers: {
      200: { description: "Well", schema: z.looseObject({ status: z.literal("ok"), version: z.string() }) },
      503: {
        description: "The database does not answer",
        schema: z.looseObject({ status: z.literal("error") }),
      },
    },
  },
  ...resourceOperations({ ...assistants, path: "/assistants" }),
  ...resourceOperations({ ...assistants, path: "/agents", isDeprecated: true }),
  ...resourceOperations({
    path: "/numbers",
    tag: "Numbers",
    name: "number",
    plural: "numbers",
    shape: numberShape,
    create: numberCreateBody,
    update: numberUpdateBody,
    notFound: "number_not_found",
    createErrors: ["number_exists"],
  }),
  {
    method: "get",
    path: "/calls",
    tag: "Calls",
    summary: "Calls, the newest first",
    query: callListQuery,
    answers: {
      200: {
        description: "A page",
        schema: z.object({ calls: z.array(callShape), pagination: paginationShape }),
      },
    },
  },
  {
    method: "get",
    path: "/calls/{id}",
    tag: "Calls",
    summary: "One call, not wrapped",
    errors: ["call_not_found"],
    answers: { 200: { description: "The call", schema: callShape } },
  },
  {
    method: "post",
    path: "/calls/outbound",
    tag: "Calls",
    summary:
      "Call somebody, with a saved assistant, a saved one with changes, or a configuration for this call",
    body: outboundCallBody,
    errors: [
      "assistant_not_found",
      "number_not_found",
      "no_outbound_number",
      "insufficient_credits",
      "server_stopping",
      "server_busy",
    ],
    answers: {
      201: {
        description: "It is being placed; webhooks and GET /calls/{id} tell the rest",
        schema: z.object({ success: z.literal(true), call_id: z.string(), status: z.literal("dialing") }),
      },
    },
  },
  {
    method: "post",
    path: "/calls/{id}/control",
    tag: "Calls",
    summary: "Say something, add to the model's context, hang up or transfer, while the call is in-progress",
    body: controlBody,
    errors: ["call_not_found", "call_not_active", "call_not_reachable"],
    answers: {
      200: {
        description: "The command was passed on",
        schema: z.object({ success: z.literal(true), message: z.string() }),
      },
    },
  },
  {
    method: "get",
    path: "/metrics",
    tag: "Operation",
    summary: "Figures for Prometheus",
    isExtension: true,
    isAtRoot: true,
    answers: { 200: { description: "Prometheus' text format" } },
  },
];
