import { z } from "zod";
import { assistantSchemas } from "../assistants/assistant-schema.ts";
import { callListQuery } from "../calls/call-routes.ts";
import { numberCreateBody, numberUpdateBody } from "../numbers/number-routes.ts";
import type { Operation } from "./operation.ts";
import { assistantShape, callShape, numberShape, paginationShape } from "./shapes.ts";

const { create, update } = assistantSchemas({ acceptsAnyOpenAiModel: false, refuseUrl: () => undefined });

const one = (name: string, schema: z.ZodType, status = 200) => ({
  [status]: { description: "Done", schema: z.object({ [name]: schema }) },
});
const deleted = { 200: { description: "Deleted", schema: z.object({ success: z.literal(true) }) } };

/** The four of one resource that is listed, created, read, changed and deleted under one path. */
function resource(options: {
  path: string;
  tag: string;
  name: string;
  plural: string;
  shape: z.ZodType;
  create: z.ZodType;
  update: z.ZodType;
  isDeprecated?: boolean;
}): Operation[] {
  const { path, tag, name, plural, shape } = options;
  const common = { tag, ...(options.isDeprecated && { isDeprecated: true }) };
  return [
    {
      ...common,
      method: "get",
      path,
      summary: `All ${plural}`,
      answers: one(plural, z.array(shape)),
    },
    {
      ...common,
      method: "post",
      path,
      summary: `Create ${name}`,
      body: options.create,
      answers: one(name, shape, 201),
    },
    { ...common, method: "get", path: `${path}/{id}`, summary: `One ${name}`, answers: one(name, shape) },
    {
      ...common,
      method: "patch",
      path: `${path}/{id}`,
      summary: `Change ${name}; what is not named stays`,
      body: options.update,
      answers: one(name, shape),
    },
    { ...common, method: "delete", path: `${path}/{id}`, summary: `Delete ${name}`, answers: deleted },
  ];
}

const assistants = {
  tag: "Assistants",
  name: "assistant",
  plural: "assistants",
  shape: assistantShape,
  create,
  update,
};

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
  ...resource({ ...assistants, path: "/assistants" }),
  ...resource({ ...assistants, path: "/agents", isDeprecated: true }),
  ...resource({
    path: "/numbers",
    tag: "Numbers",
    name: "number",
    plural: "numbers",
    shape: numberShape,
    create: numberCreateBody,
    update: numberUpdateBody,
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
