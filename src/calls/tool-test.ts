import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { WebhookTool } from "../assistants/tools.ts";
import type { ToolCallResult } from "../conversation/conversation.ts";
import { exampleSubject } from "../webhooks/example-events.ts";
import { TOOL_CALLS_DEADLINE_MS, type AskWebhook } from "../webhooks/sync-request.ts";
import { readToolAnswer } from "../webhooks/tool-response.ts";
import { echo, type CallWebhooks } from "./call-webhooks.ts";

/** A tool that is tried without a call. */
export interface ToolTest {
  organizationId: string;
  assistantId: string;
  configuration: AssistantConfiguration;
  tool: WebhookTool;
  arguments: Record<string, unknown>;
}

export interface ToolTestResult {
  /** of the record, with its attempts */
  eventId: string;
  toolCallId: string;
  /** what the model would be told */
  result: ToolCallResult;
}

/** Asks a tool's webhook as a call would, on the same way and with the same deadline, and says in the body that it is a test. */
export function createToolTest(ports: {
  webhooks: CallWebhooks;
  ask: AskWebhook;
  newId: () => string;
  sealSecret: (secret: string) => Buffer;
}): (test: ToolTest) => Promise<ToolTestResult> {
  return async ({ organizationId, assistantId, configuration, tool, arguments: args }) => {
    const [eventId, callId] = [ports.newId(), ports.newId()];
    const toolCallId = `call_test_${callId.replaceAll("-", "").slice(-12)}`;
    const levels = await ports.webhooks.levelsOf({
      organizationId,
      assistantId,
      configuration,
      webhookSecret: null,
    });
    const answer = await ports.ask({
      organizationId,
      callId,
      subject: exampleSubject("tool-calls", callId),
      detail: {
        type: "tool-calls",
        assistant: echo(configuration, assistantId) ?? {},
        toolCalls: [{ id: toolCallId, type: "function", function: { name: tool.name, arguments: args } }],
      },
      routing: ports.webhooks.route("tool-calls", levels, {
        url: tool.url ?? null,
        secrets: tool.secret === undefined ? [] : [ports.sealSecret(tool.secret)],
      }),
      deadlineMs: TOOL_CALLS_DEADLINE_MS,
      test: { eventId },
    });
    const read = readToolAnswer(answer, toolCallId);
    // In a call nobody reads the answer of such a tool.
    const result: ToolCallResult = tool.isAsync
      ? { outcome: "result", result: tool.message ?? "accepted" }
      : read;
    return { eventId, toolCallId, result };
  };
}
