import {
  workflowDefinitionSchema,
  type WorkflowDefinition,
} from "../../src/workflows/workflow-definition.ts";
import { startTalk, type Talk } from "./conversation.ts";
import { createFakeMedia, type FakeMedia } from "./fake-media.ts";

/** A conversation that a workflow drives, over media without a network; stopped when `run` is done. */
export async function withTalk(
  options: Omit<Parameters<typeof startTalk>[0], "media">,
  run: (talk: Talk, media: FakeMedia) => Promise<void>,
): Promise<void> {
  const media = createFakeMedia();
  const talk = await startTalk({ media, ...options });
  try {
    await run(talk, media);
  } finally {
    await talk.conversation.stop();
    media.close();
  }
}

export const flow = (nodes: object[], edges: object[] = [], more: object = {}): WorkflowDefinition =>
  workflowDefinitionSchema.parse({ version: 1, entry_node: "talk", nodes, edges, ...more });
export const talk = {
  id: "talk",
  type: "conversation",
  instructions: "Ask what it is about.",
  first_line: "Hello.",
};
export const more = {
  id: "more",
  type: "conversation",
  instructions: "Tell the status.",
  first_line: "I found it.",
};
export const find = { id: "find", type: "tool", tool_name: "find_order", arguments: { by: "phone" } };
export const bye = { id: "bye", type: "end" };
export const says = (...utterances: string[]) => ({ stt_config: { provider: "scripted", utterances } });
export const answers = (...script: object[]) => ({ llm_config: { provider: "scripted", script } });
export const go = (match: string, to: string, say?: string) => ({
  on: "user",
  match,
  tool: { name: `go_to_${to}` },
  ...(say !== undefined && { say }),
});
