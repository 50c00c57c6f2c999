import { z } from "zod";
import { toolTestBody } from "../assistants/tool-test-routes.ts";
import type { Operation } from "./operation.ts";
import { wrapped } from "./resource-operations.ts";
import { assistantShape, attemptShape } from "./shapes.ts";

const common = { tag: "Assistants", isExtension: true } as const;

const versionFields = {
  version: z.int().meta({ description: "From 1; the highest is today's." }),
  name: z.string(),
  changed_by: z
    .object({ type: z.enum(["api_key", "person"]), id: z.uuid(), name: z.string().nullable() })
    .nullable()
    .meta({ description: "Who made this version; `name` is the key's, or the person's address." }),
  created_at: z.iso.datetime(),
};
const versionShape = z
  .object({ ...versionFields, configuration: z.looseObject({ name: z.string() }) })
  .meta({ id: "AssistantVersion", description: "Secrets of tools are null." });
const versionSummaryShape = z.object(versionFields).meta({ id: "AssistantVersionSummary" });

const toolTestShape = z
  .object({
    webhook_event_id: z.uuid(),
    tool_call_id: z.string(),
    outcome: z.enum(["result", "error"]),
    model_reads: z.unknown().meta({ description: "What a model would be told." }),
    request_body: z.unknown().meta({ description: "What was sent; `message.test` is true." }),
    attempts: z.array(attemptShape).meta({ description: "None: there was nowhere to send it." }),
  })
  .meta({ id: "ToolTest" });

/** Extensions about one assistant. */
export const assistantOperations: Operation[] = [
  {
    ...common,
    method: "get",
    path: "/assistants/{id}/versions",
    summary: "What an assistant was before each change, today's first",
    errors: ["assistant_not_found"],
    answers: wrapped("versions", z.array(versionSummaryShape)),
  },
  {
    ...common,
    method: "get",
    path: "/assistants/{id}/versions/{version}",
    summary: "One version of an assistant, whole",
    errors: ["assistant_version_not_found"],
    answers: wrapped("version", versionShape),
  },
  {
    ...common,
    method: "post",
    path: "/assistants/{id}/versions/{version}/restore",
    summary: "Make an assistant what it was; that is a new version. Secrets stay today's",
    errors: ["assistant_version_not_found", "invalid_request"],
    answers: wrapped("assistant", assistantShape),
  },
  {
    ...common,
    method: "post",
    path: "/assistants/{id}/tools/test",
    summary:
      "Run a tool, saved or not, at its webhook as a call would, and see what was sent and what the model would read",
    body: toolTestBody,
    errors: ["assistant_not_found"],
    answers: wrapped("tool_test", toolTestShape),
  },
];
