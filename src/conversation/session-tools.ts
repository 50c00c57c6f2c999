import { llm, voice } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { normalizeTools } from "../assistants/tool-definition.ts";
import type { TransferCallTool, WebhookTool } from "../assistants/tools.ts";
import type { Logger } from "../logger.ts";
import { END_CALL } from "../speech/llm/scripted-llm.ts";
import type { Digit } from "../telephony/carrier.ts";
import type { ConversationRequest, ExternalTool } from "./conversation.ts";
import { sendDigitsTool } from "./send-digits-tool.ts";
import { transferTool } from "./transfer-tool.ts";

const NO_PARAMETERS = { type: "object", properties: {} };

/** The assistant's tools as the session calls them. */
export function sessionTools(options: {
  configuration: AssistantConfiguration;
  runTool: ConversationRequest["runTool"];
  externalTools: readonly ExternalTool[];
  /** aborted when the conversation is over */
  over: AbortSignal;
  /** says a sentence while the tool runs */
  say: (text: string) => void;
  onEndCall: () => void;
  /** undefined: calls cannot be transferred from here */
  transfer: Parameters<typeof transferTool>[1] | undefined;
  /** presses keys on the call */
  sendDigits: (digits: readonly Digit[]) => void;
  logger: Logger;
}): llm.FunctionTool[] {
  const { configuration, logger } = options;
  const { tools, problems } = normalizeTools(configuration.llm_config?.["tools"]);
  for (const problem of problems) logger.warn({ problem }, "a tool was left out");

  const result: llm.FunctionTool[] = [];
  let hasEndCall = false;
  const transfers: TransferCallTool[] = [];
  let hasSendDigits = false;
  for (const tool of tools) {
    if (tool.kind === "webhook") result.push(webhookTool(tool, options));
    else if (tool.kind === "end-call") hasEndCall = true;
    else if (tool.kind === "transfer-call") transfers.push(tool);
    else if (tool.kind === "send-digits") hasSendDigits = true;
  }
  if (transfers.length > 0 && options.transfer) result.push(transferTool(transfers, options.transfer));
  const names = new Set(tools.flatMap((tool) => (tool.kind === "webhook" ? [tool.name] : [])));
  for (const tool of options.externalTools) {
    // Two tools of one name are an error at every provider; the assistant's own goes first.
    if (names.has(tool.name))
      logger.warn({ tool: tool.name }, "a tool of an MCP server has a name that is taken");
    else result.push(externalTool(tool, options.over));
    names.add(tool.name);
  }
  if (hasSendDigits) result.push(sendDigitsTool(options.sendDigits));
  // Silence handling cannot hang up without it (facts 5.3); a script hangs up through it.
  const needsEndCall =
    configuration["autonomous_silence_handling"] === true ||
    configuration.llm_config?.provider === "scripted";
  if (hasEndCall || needsEndCall) result.push(endCallTool(options.onEndCall));
  return result;
}

function webhookTool(tool: WebhookTool, options: Parameters<typeof sessionTools>[0]): llm.FunctionTool {
  return llm.tool({
    name: tool.name,
    description: tool.description ?? "",
    parameters: { ...NO_PARAMETERS, ...tool.parameters } as never,
    execute: async (args: unknown, { toolCallId, abortSignal }: llm.ToolOptions) => {
      const toolCall = { id: toolCallId, tool, arguments: (args ?? {}) as Record<string, unknown> };
      if (tool.isAsync) {
        // Fire and forget (facts 1.7): it is not cut off with the turn, and nobody reads its answer.
        void options.runTool(toolCall, new AbortController().signal);
        return tool.message ?? "accepted";
      }
      if (tool.message) options.say(tool.message);
      const signals = abortSignal ? [options.over, abortSignal] : [options.over];
      const outcome = await options.runTool(toolCall, AbortSignal.any(signals));
      if (outcome.outcome === "error") throw new llm.ToolError(outcome.error);
      return outcome.result;
    },
  }) as unknown as llm.FunctionTool;
}

function externalTool(tool: ExternalTool, over: AbortSignal): llm.FunctionTool {
  return llm.tool({
    name: tool.name,
    description: tool.description,
    parameters: { ...NO_PARAMETERS, ...tool.parameters } as never,
    execute: async (args: unknown, { abortSignal }: llm.ToolOptions) => {
      const signal = abortSignal ? AbortSignal.any([over, abortSignal]) : over;
      const outcome = await tool.run((args ?? {}) as Record<string, unknown>, signal);
      if (outcome.outcome === "error") throw new llm.ToolError(outcome.error);
      return outcome.result;
    },
  }) as unknown as llm.FunctionTool;
}

function endCallTool(onEndCall: () => void): llm.FunctionTool {
  return llm.tool({
    name: END_CALL,
    description: "Hangs up. Call it when the conversation is over, after saying goodbye.",
    execute: () => {
      onEndCall();
      // No further turn: the goodbye has been said.
      throw new voice.StopResponse();
    },
  }) as unknown as llm.FunctionTool;
}
