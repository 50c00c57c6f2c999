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
    register: z.boolean().describe("Extension: whether we register at it."),
    inbound_addresses: z
      .array(z.string())
      .describe("Extension: addresses and CIDR ranges that its calls come from besides `address`."),
    inbound_auth: z
      .enum(["address", "digest"])
      .describe("Extension: how calls from it are recognised. `digest`: by auth_username and auth_password."),
    calls_per_second: z
      .int()
      .nullable()
      .describe("Extension: calls begun in a second, each way. null: no limit."),
    srtp: z.enum(["off", "offer", "require"]).describe("Extension: encrypted audio."),
    refer: z.enum(["auto", "never"]).describe("Extension: whether calls may be handed over by REFER."),
    reachability: z
      .object({
        state: z.enum(["up", "down", "unknown"]),
        since: instant.nullable(),
        checked_at: instant.nullable(),
        latency_ms: z.int().nullable(),
        last_status: z.int().nullable().describe("of the last answer to OPTIONS; null: there was none"),
        last_error: z.string().nullable(),
      })
      .describe(
        "Extension: whether it answers OPTIONS, asked every 30 s. A trunk that is down is tried all the same.",
      ),
    registration: z
      .object({
        state: z.enum(["pending", "registered", "failed"]),
        since: instant.nullable(),
        expires_at: instant.nullable(),
        last_status: z.int().nullable(),
        last_error: z.string().nullable(),
      })
      .nullable()
      .describe("Extension: null where `register` is false."),
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
