import { z } from "zod";

const id = z.uuid();
const instant = z.iso.datetime();
const stamps = { created_at: instant, updated_at: instant };

export const toolTemplateShape = z
  .object({
    id,
    org_id: id,
    name: z.string(),
    description: z.string().nullable(),
    tool_type: z.enum(["function", "end_call", "transfer_call"]),
    tool_config: z.record(z.string(), z.unknown()),
    ...stamps,
  })
  .meta({ id: "ToolTemplate" });

export const analysisTemplateShape = z
  .object({
    id,
    org_id: id,
    name: z.string(),
    description: z.string().nullable(),
    system_prompt: z.string(),
    user_prompt: z.string(),
    schema: z.record(z.string(), z.unknown()),
    ...stamps,
  })
  .meta({ id: "AnalysisTemplate" });

export const trunkShape = z
  .object({
    id,
    org_id: id,
    name: z.string(),
    provider: z.string(),
    address: z.string(),
    transport: z.enum(["udp", "tcp", "tls"]),
    auth_username: z.string().nullable(),
    is_active: z.boolean(),
    ...stamps,
  })
  .meta({ id: "SipTrunk", description: "The password is never returned." });

const workflowFields = { id, name: z.string(), is_active: z.boolean(), ...stamps };
export const workflowShape = z
  .object({ ...workflowFields, definition: z.record(z.string(), z.unknown()) })
  .meta({ id: "Workflow" });
export const workflowSummaryShape = z
  .object({
    ...workflowFields,
    entry_node: z.string().nullable(),
    node_count: z.int(),
    edge_count: z.int(),
  })
  .meta({ id: "WorkflowSummary" });
