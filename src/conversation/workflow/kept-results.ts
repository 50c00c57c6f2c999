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
  const argumentsOf = new Map(
    context.items.flatMap((item) =>
      item.type === "function_call" ? [[item.callId, item.args] as const] : [],
    ),
  );
  const items = context.items.map((item) => {
    if (item.type !== "function_call_output" || isKept(item.name) || !isTold(item.name)) return item;
    const outcome = item.isError ? "failed" : "returned";
    return llm.ChatMessage.create({
      role: "system",
      content: `The tool ${item.name} (${argumentsOf.get(item.callId) ?? "{}"}) ${outcome}: ${item.output}`,
      createdAt: item.createdAt,
    });
  });
  return new llm.ChatContext(items);
}
