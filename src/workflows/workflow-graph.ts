import type { WorkflowDefinition } from "./workflow-definition.ts";

// How a call moves through a graph that was checked when it was saved (facts 6.2). Pure.

export type WorkflowNode = WorkflowDefinition["nodes"][number];
export type ConversationNode = Extract<WorkflowNode, { type: "conversation" }>;
export type ToolNode = Extract<WorkflowNode, { type: "tool" }>;
export type TransferNode = Extract<WorkflowNode, { type: "transfer" }>;
export type EndNode = Extract<WorkflowNode, { type: "end" }>;

/** Said on the way out of a conversation where an edge has no line of its own. */
export const HAND_OFF_LINE = "One moment, please.";

/** A way out of a conversation node, as the model sees it. */
export interface Exit {
  /** the tool that the model calls */
  toolName: string;
  description: string;
  to: string;
  /** said on the way; undefined: nothing */
  line: string | undefined;
}

/** What there is to do on arriving at a node. */
export type Arrival =
  | { kind: "conversation"; node: ConversationNode }
  /** afterwards on to `next`, whatever came of it; `line` is said on the way */
  | { kind: "tool"; node: ToolNode; next: string; line: string | undefined }
  | { kind: "transfer"; node: TransferNode }
  | { kind: "end"; node: EndNode }
  /** the tools lead in a circle, and their arguments never change: they would be called for ever */
  | { kind: "circle"; node: ToolNode };

/** @throws Error when the graph has no such node, which saving refuses */
export function nodeOf(definition: WorkflowDefinition, id: string): WorkflowNode {
  const node = definition.nodes.find((candidate) => candidate.id === id);
  if (!node) throw new Error(`the workflow has no node "${id}"`);
  return node;
}

/** @throws Error when it is no conversation, which saving refuses */
export function entryOf(definition: WorkflowDefinition): ConversationNode {
  const node = nodeOf(definition, definition.entry_node);
  if (node.type !== "conversation")
    throw new Error(`a workflow cannot begin with a node of type ${node.type}`);
  return node;
}

/** @param toolsRun  the tool nodes that were run since the last conversation */
export function arriveAt(definition: WorkflowDefinition, id: string, toolsRun: ReadonlySet<string>): Arrival {
  const node = nodeOf(definition, id);
  switch (node.type) {
    case "conversation":
      return { kind: "conversation", node };
    case "transfer":
      return { kind: "transfer", node };
    case "end":
      return { kind: "end", node };
    case "tool": {
      if (toolsRun.has(id)) return { kind: "circle", node };
      const edge = definition.edges?.find(({ from }) => from === id);
      if (!edge) throw new Error(`the tool node "${id}" leads nowhere`);
      // Without a default: the caller was asked to wait on the way in already.
      return { kind: "tool", node, next: edge.to, line: edge.message || undefined };
    }
  }
}

/**
 * The ways out of a conversation: its edges, then every global node that no edge leads to.
 * @param taken  names of tools that the node has anyway: two of one name are an error at every provider
 */
export function exitsOf(
  definition: WorkflowDefinition,
  node: ConversationNode,
  taken: ReadonlySet<string>,
): Exit[] {
  const edges = (definition.edges ?? []).filter(({ from }) => from === node.id);
  const own = edges.map(({ to, description, message }) => ({ to, description: description ?? "", message }));
  const reached = new Set([node.id, ...own.map(({ to }) => to)]);
  const globals = definition.nodes.flatMap((other) =>
    other.type === "conversation" && other.global === true && !reached.has(other.id)
      ? [{ to: other.id, description: other.global_description ?? "", message: undefined }]
      : [],
  );
  const names = new Set(taken);
  return [...own, ...globals].map(({ to, description, message }) => {
    let toolName = `go_to_${to}`;
    while (names.has(toolName)) toolName += "_";
    names.add(toolName);
    return { toolName, description, to, line: lineTo(nodeOf(definition, to), message) };
  });
}

/** An empty line is a wish for none; a goodbye needs no other line before it. */
function lineTo(target: WorkflowNode, message: string | null | undefined): string | undefined {
  if (message !== undefined && message !== null) return message || undefined;
  return target.type === "end" ? undefined : HAND_OFF_LINE;
}

/** `global_prompt` comes first in every conversation (facts 6.2). */
export function instructionsOf(definition: WorkflowDefinition, node: ConversationNode): string {
  const { global_prompt: prompt } = definition;
  return prompt?.trim() ? `${prompt}\n\n${node.instructions}` : node.instructions;
}
