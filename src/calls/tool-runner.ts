import type { ToolCall } from "../conversation/conversation.ts";
import { TOOL_CALLS_DEADLINE_MS, type AskWebhook } from "../webhooks/sync-request.ts";
import { readToolAnswer } from "../webhooks/tool-response.ts";
import type { ToolRunner } from "./call-context.ts";
import type { RingingCall } from "./call.ts";
import type { AnswerDecision } from "./call-decision.ts";
import { echo, subjectOf, synchronousUrls, type CallWebhooks } from "./call-webhooks.ts";

/** Sends one tool call to its webhook: the tool's own URL, else the assistant's, else the account's (seed: webhooks overview). */
export function createToolRunners(ports: {
  webhooks: CallWebhooks;
  ask: AskWebhook;
  /** opens connections ahead */
  prepare: (urls: readonly string[]) => void;
  sealSecret: (secret: string) => Buffer;
  onFailure: (error: unknown) => void;
}) {
  return (call: RingingCall, decision: AnswerDecision): ToolRunner => {
    let urls: Promise<string[]> | undefined;
    return {
      async run(toolCall, signal) {
        try {
          return readToolAnswer(await ask(call, decision, toolCall, signal), toolCall.id);
        } catch (error) {
          // The database is away, say. The model is told that it failed; the caller is not left waiting.
          ports.onFailure(error);
          return { outcome: "error", error: "The tool failed: internal error." };
        }
      },
      prepare() {
        urls ??= levelsOf(call, decision).then((levels) => synchronousUrls(decision.configuration, levels));
        // Without the list nothing is opened ahead; the tool call itself says what is wrong.
        urls.then(ports.prepare, () => (urls = undefined));
      },
    };
  };

  function levelsOf(call: RingingCall, { assistantId, configuration, webhookSecret }: AnswerDecision) {
    return ports.webhooks.levelsOf({
      organizationId: call.organizationId,
      assistantId,
      configuration,
      webhookSecret: webhookSecret === undefined ? null : ports.sealSecret(webhookSecret),
    });
  }

  async function ask(call: RingingCall, decision: AnswerDecision, toolCall: ToolCall, signal: AbortSignal) {
    const { tool } = toolCall;
    if (tool.kind !== "webhook") throw new Error(`a tool of kind ${tool.kind} has no webhook`);
    const { assistantId, configuration } = decision;
    const levels = await levelsOf(call, decision);
    return ports.ask({
      organizationId: call.organizationId,
      callId: call.id,
      subject: subjectOf(call, "in-progress"),
      detail: {
        type: "tool-calls",
        assistant: echo(configuration, assistantId) ?? {},
        toolCalls: [
          { id: toolCall.id, type: "function", function: { name: tool.name, arguments: toolCall.arguments } },
        ],
      },
      routing: ports.webhooks.route("tool-calls", levels, {
        url: tool.url ?? null,
        secrets: tool.secret === undefined ? [] : [ports.sealSecret(tool.secret)],
      }),
      deadlineMs: TOOL_CALLS_DEADLINE_MS,
      signal,
    });
  }
}
