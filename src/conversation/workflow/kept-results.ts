import { llm } from "@livekit/agents";

/**
 * The session drops calls of tools that a node does not have. What they brought is part of the conversation all the
 * same: it is kept in words, where it was.
 *
 * @param isKept  whether the next node has this tool too
 * @param isTold  false for tools whose results say nothing
 */
export function withKeptResults(
  context: llm.ChatContext,
  isKept: (tool: string) => boolean,
  isTold: (tool: string) => boolean,
): llm.ChatContext {
  const keyOf = (item: { callId: string; name: string }) => `${item.callId} ${item.name}`;
  const argumentsOf = new Map<string, string>();
  for (const item of context.items) {
    if (item.type === "function_call") argumentsOf.set(keyOf(item), item.args);
  }
  const items = context.items.map((item) => {
    if (item.type !== "function_call_output" || isKept(item.name) || !isTold(item.name)) return item;
    const call = `${item.name} (${argumentsOf.get(keyOf(item)) ?? "{}"})`;
    return llm.ChatMessage.create({
      role: "system",
      content: `The tool ${call} ${item.isError ? "failed" : "returned"}: ${item.output}`,
      createdAt: item.createdAt,
    });
  });
  return new llm.ChatContext(items);
}
