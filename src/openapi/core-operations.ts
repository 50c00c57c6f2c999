import { z } from "zod";
import { assistantSchemas } from "../assistants/assistant-schema.ts";
import { callListQuery } from "../calls/call-routes.ts";
import { numberCreateBody, numberUpdateBody } from "../numbers/number-routes.ts";
import type { Operation } from "./operation.ts";
import { resourceOperations } from "./resource-operations.ts";
import { assistantShape, callShape, numberShape, paginationShape } from "./shapes.ts";

const { create, update } = assistantSchemas({ acceptsAnyOpenAiModel: false, refuseUrl: () => undefined });

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
    method: "get",
    path: "/metrics",
    tag: "Operation",
    summary: "Figures for Prometheus",
    isExtension: true,
    isAtRoot: true,
    answers: { 200: { description: "Prometheus' text format" } },
  },
];
