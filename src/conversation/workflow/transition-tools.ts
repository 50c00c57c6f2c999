import { llm, type voice } from "@livekit/agents";
import type { Exit } from "../../workflows/workflow-graph.ts";

/**
 * The ways out of a node as tools of the model. They answer nothing, so that the model is not asked again under
 * instructions that are about to change.
 * @param onTaken  the speech in which the model called it has still to be heard
 */
export function transitionTools(
  exits: readonly Exit[],
  onTaken: (exit: Exit, speech: voice.SpeechHandle) => void,
): llm.FunctionTool[] {
  return exits.map(
    (exit) =>
      llm.tool({
        name: exit.toolName,
        description: `Moves the conversation on. Call it as soon as this applies: ${exit.description}\nSay nothing about it: the caller is told.`,
        parameters: { type: "object", properties: {} } as never,
        execute: (_args: unknown, { ctx }: llm.ToolOptions) => {
          onTaken(exit, ctx.speechHandle);
          return Promise.resolve(undefined);
        },
      }) as unknown as llm.FunctionTool,
  );
}
