import type { WorkflowNote } from "../../speech/llm/scripted-llm.ts";
import type { ToolNode } from "../../workflows/workflow-graph.ts";
import type { ToolCall, ToolCallResult } from "../conversation.ts";

/** A tool node as the call to its webhook: the node's own address, else wherever the call's tools go (facts 6.2). Pure. */
export function toolCallOf(node: ToolNode, id: string): ToolCall {
  const tool: ToolCall["tool"] = {
    kind: "webhook",
    name: node.tool_name,
    description: undefined,
    parameters: undefined,
    url: node.url ?? undefined,
    secret: undefined,
    isAsync: false,
    message: undefined,
  };
  return { id, tool, arguments: node.arguments ?? {} };
}

/** What came of it, for the model in words and for the script as it is. */
export function outcomeOf(node: ToolNode, outcome: ToolCallResult): { words: string; note: WorkflowNote } {
  if (outcome.outcome === "error") {
    const { error } = outcome;
    return { words: `The tool ${node.tool_name} failed: ${error}`, note: { tool: { error } } };
  }
  const { result } = outcome;
  return {
    words: `The tool ${node.tool_name} returned: ${JSON.stringify(result)}`,
    note: { tool: { result } },
  };
}
