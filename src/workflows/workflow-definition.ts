import { z } from "zod";
import { normalizeTool } from "../assistants/tool-definition.ts";
import { isRealtimeProvider, LLM_CATALOG } from "../assistants/catalog/llm-catalog.ts";
import { sttSchema } from "../assistants/stt-schema.ts";
import { ttsSchema } from "../assistants/tts-schema.ts";
import { PARAMS } from "../assistants/catalog/params.ts";
import { inRange } from "../assistants/catalog/range.ts";
import { isE164 } from "../numbers/e164.ts";

// The graph of facts 6.2 and 6.3. Shapes first, by schema; then what only the whole graph can show.

const NODE_ID = /^[a-z][a-z0-9_]{0,40}$/;
const MAX_NODES = 200;
const MAX_EDGES = 1_000;
/** Provider of a node's own model: those that take turns in text (facts 6.3). */
const TEXT_PROVIDERS = Object.entries(LLM_CATALOG).flatMap(([provider, { kind }]) =>
  kind === "text" ? [provider] : [],
);

const nodeId = z
  .string()
  .regex(
    NODE_ID,
    "must begin with a lowercase letter and have at most 41 lowercase letters, digits and underscores",
  );
const line = z.string().max(10_000).nullish();
const instructions = z.string().max(100_000).regex(/\S/, "must not be empty");

const common = {
  id: nodeId,
  first_line: line,
  /** where the builder draws it; the engine does not look */
  ui: z.looseObject({ x: z.number().optional(), y: z.number().optional() }).nullish(),
};

const conversationNode = z
  .looseObject({
    ...common,
    type: z.literal("conversation"),
    instructions,
    global: z.boolean().nullish(),
    global_description: z.string().max(10_000).nullish(),
    llm_config: z
      .looseObject({
        provider: z.string().optional(),
        model: z.string().min(1).max(200).optional(),
        temperature: inRange(PARAMS.llm.temperature).optional(),
      })
      .nullish(),
    voice: z.string().min(1).max(200).nullish(),
    tts_config: ttsSchema.nullish(),
    stt_config: sttSchema.nullish(),
    tools: z.array(z.unknown()).max(100).nullish(),
  })
  .superRefine((node, context) => {
    const problem = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    if (node.global === true && !node.global_description?.trim()) {
      problem(["global_description"], "is required on a global node");
    }
    if (node.voice && node.tts_config) problem(["voice"], "cannot be combined with tts_config");
    const provider = node.llm_config?.provider;
    if (provider !== undefined && isRealtimeProvider(provider)) {
      problem(["llm_config", "provider"], `${REALTIME_ON_NODE}: ${provider} cannot run on one node`);
    } else if (provider !== undefined && !TEXT_PROVIDERS.includes(provider)) {
      problem(["llm_config", "provider"], `must be one of ${TEXT_PROVIDERS.join(", ")}`);
    }
  });

const toolNode = z.looseObject({
  ...common,
  type: z.literal("tool"),
  tool_name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, "must be the name of a tool"),
  url: z.string().max(2_048).nullish(),
  arguments: z.record(z.string(), z.unknown()).nullish(),
});

const transferNode = z.looseObject({
  ...common,
  type: z.literal("transfer"),
  destination: z.string().refine(isE164, "must be in E.164: + and 7 to 15 digits, such as +31850835037"),
});

const endNode = z.looseObject({ ...common, type: z.literal("end") });

export const workflowDefinitionSchema = z.looseObject({
  version: z.literal(1),
  entry_node: z.string(),
  global_prompt: z.string().max(100_000).nullish(),
  nodes: z
    .array(z.discriminatedUnion("type", [conversationNode, toolNode, transferNode, endNode]))
    .min(1)
    .max(MAX_NODES),
  edges: z
    .array(
      z.looseObject({
        from: z.string(),
        to: z.string(),
        description: z.string().max(10_000).nullish(),
        message: line,
      }),
    )
    .max(MAX_EDGES)
    .nullish(),
});
export type WorkflowDefinition = z.output<typeof workflowDefinitionSchema>;

/** The code that the contract names for a speech-to-speech model on a node (facts 6.1). */
export const REALTIME_ON_NODE = "realtime_provider_not_allowed_per_node";

/**
 * What is wrong with a graph whose parts are right, one line a problem in the style that the contract shows:
 * `entry_node "missing" does not reference an existing node`. Nodes that nothing leads to are allowed: a graph is saved
 * while it is being drawn.
 *
 * @param refuseUrl  why a tool's URL cannot be called; undefined when it can
 */
export function graphProblems(
  definition: WorkflowDefinition,
  refuseUrl: (url: string) => string | undefined,
): string[] {
  const problems: string[] = [];
  const nodes = new Map(definition.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  for (const { id } of definition.nodes) {
    if (seen.has(id)) problems.push(`node id "${id}" is used more than once`);
    seen.add(id);
  }
  const entry = nodes.get(definition.entry_node);
  if (!entry) problems.push(`entry_node "${definition.entry_node}" does not reference an existing node`);
  else if (entry.type !== "conversation") {
    problems.push(`entry_node "${entry.id}" must be a conversation node, not of type ${entry.type}`);
  }
  problems.push(...edgeProblems(definition, nodes));
  for (const node of definition.nodes) problems.push(...toolProblems(node, refuseUrl));
  return problems;
}

type Node = WorkflowDefinition["nodes"][number];

function edgeProblems(definition: WorkflowDefinition, nodes: ReadonlyMap<string, Node>): string[] {
  const problems: string[] = [];
  const pairs = new Set<string>();
  const outgoing = new Map<string, number>();
  for (const [index, { from, to, description }] of (definition.edges ?? []).entries()) {
    const edge = `edges[${index}]`;
    for (const [end, id] of [
      ["from", from],
      ["to", to],
    ] as const) {
      if (!nodes.has(id)) problems.push(`${edge}.${end} "${id}" does not reference an existing node`);
    }
    outgoing.set(from, (outgoing.get(from) ?? 0) + 1);
    if (from === to) problems.push(`${edge} leads from "${from}" to itself`);
    if (pairs.has(`${from} ${to}`)) problems.push(`${edge} repeats the edge from "${from}" to "${to}"`);
    pairs.add(`${from} ${to}`);
    const source = nodes.get(from);
    if (source?.type === "transfer" || source?.type === "end") {
      problems.push(`${edge} leaves "${from}", whose type ${source.type} ends the call`);
    }
    if (source?.type === "conversation" && !description?.trim()) {
      problems.push(`${edge}.description is required: it tells the model when to leave "${from}"`);
    }
  }
  for (const node of nodes.values()) {
    const count = outgoing.get(node.id) ?? 0;
    if (node.type === "tool" && count !== 1) {
      problems.push(`tool node "${node.id}" must have exactly one outgoing edge, it has ${count}`);
    }
  }
  return problems;
}

function toolProblems(node: Node, refuseUrl: (url: string) => string | undefined): string[] {
  if (node.type === "tool") {
    const reason = node.url && refuseUrl(node.url);
    return reason ? [`tool node "${node.id}": url: ${reason}`] : [];
  }
  if (node.type !== "conversation") return [];
  return (node.tools ?? []).flatMap((entry, index) => {
    const tool = normalizeTool(entry, refuseUrl);
    const where = `node "${node.id}": tools[${index}]`;
    if (typeof tool === "string") return [`${where}${tool}`];
    return tool.kind === "mcp" ? [`${where}.type: mcp is not available on a node`] : [];
  });
}
