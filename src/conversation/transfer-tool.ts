import { llm, voice } from "@livekit/agents";
import type { TransferCallTool } from "../assistants/tools.ts";
import { findDestination } from "../assistants/transfer-destination.ts";
import type { ConversationRequest } from "./conversation.ts";

const TRANSFER_CALL = "transfer_call";

/**
 * `transfer_call` as the session calls it: one function, however many such tools an assistant has, because two of one
 * name are an error at every provider. What the assistant says in the same breath is heard to its end first.
 */
export function transferTool(
  tools: readonly TransferCallTool[],
  options: {
    transfer: NonNullable<ConversationRequest["transfer"]>;
    /** aborted when the conversation is over */
    over: AbortSignal;
    /** a transfer takes this speech's time from here on */
    onBegin: (speech: voice.SpeechHandle) => void;
    /** the caller is back, and waits for a word */
    onFailed: () => void;
  },
): llm.FunctionTool {
  const destinations = tools.flatMap((tool) => tool.destinations);
  const numbers = [...new Set(destinations.map(({ number }) => number))];
  const list = destinations.map(({ number, description }) => `${number}: ${description || "no description"}`);
  return llm.tool({
    name: TRANSFER_CALL,
    description: `Puts the caller through to somebody else. Say so first. Destinations:\n${list.join("\n")}`,
    parameters: {
      type: "object",
      properties: {
        destination: {
          type: "string",
          enum: numbers,
          description: "One of the destinations, as it is written",
        },
      },
      required: ["destination"],
    } as never,
    execute: async (args: unknown, { ctx }: llm.ToolOptions) => {
      const { destination } = (args ?? {}) as { destination?: unknown };
      const given = typeof destination === "string" ? destination : "";
      const found = findDestination(destinations, given);
      if (!found) {
        throw new llm.ToolError(
          `There is no destination "${given}". Choose one of: ${list.join("; ")}. The caller is still with you.`,
        );
      }
      if (ctx.speechHandle.interrupted) {
        throw new llm.ToolError("The caller interrupted you. Nobody was called yet.");
      }
      // From here on it is no conversation any more that could be interrupted.
      ctx.disallowInterruptions();
      options.onBegin(ctx.speechHandle);
      await Promise.race([ctx.waitForPlayout(), aborted(options.over)]);
      if (options.over.aborted) throw new voice.StopResponse();
      const result = await options.transfer(
        { destination: found.number, announcement: found.message || undefined, warm: found.warm },
        options.over,
      );
      // No further turn: somebody else has the caller, or nobody is there any more.
      if (result.outcome === "transferred" || options.over.aborted) throw new voice.StopResponse();
      options.onFailed();
      throw new llm.ToolError(
        `The transfer did not work: ${result.detail}. The caller is back with you: say so, and offer something else.`,
      );
    },
  }) as unknown as llm.FunctionTool;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
