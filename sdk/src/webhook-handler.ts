import { verifyWebhook } from "./verify-webhook.ts";
import type {
  AssistantAnswer,
  AssistantRequest,
  EndOfCallReport,
  StatusUpdate,
  ToolAnswer,
  ToolCalls,
  WebhookMessage,
} from "./webhook-events.ts";

type Awaitable<T> = T | Promise<T>;

export interface WebhookHandlerOptions {
  secrets: string | readonly string[];
  /** a caller waits: answer within 5 s. Without it every call is answered as configured */
  onAssistantRequest?: (message: AssistantRequest) => Awaitable<AssistantAnswer>;
  /** a caller waits: answer within 10 s. Without it the model is told that there is no such tool */
  onToolCalls?: (message: ToolCalls) => Awaitable<ToolAnswer>;
  /** may come twice: `eventId` is the same then */
  onStatusUpdate?: (message: StatusUpdate, eventId: string | undefined) => Awaitable<void>;
  onEndOfCallReport?: (message: EndOfCallReport, eventId: string | undefined) => Awaitable<void>;
  now?: () => Date;
}

/**
 * A receiver, as `fetch`-style servers and edge runtimes take it. What is not genuine gets 401; what a notification's
 * function throws becomes 500, and the server sends it again.
 */
export function createWebhookHandler(
  options: WebhookHandlerOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const verified = await verifyWebhook({
      body: new Uint8Array(await request.arrayBuffer()),
      headers: request.headers,
      secrets: options.secrets,
      now: options.now?.() ?? new Date(),
    });
    if (verified.outcome === "refused") return Response.json({ error: verified.reason }, { status: 401 });
    try {
      return Response.json(await answer(options, verified.message, verified.eventId));
    } catch (error) {
      return Response.json({ error: error instanceof Error ? error.message : "failed" }, { status: 500 });
    }
  };
}

async function answer(
  options: WebhookHandlerOptions,
  message: WebhookMessage,
  eventId: string | undefined,
): Promise<object> {
  switch (message.type) {
    case "assistant-request":
      return (await options.onAssistantRequest?.(message)) ?? {};
    case "tool-calls":
      return (await options.onToolCalls?.(message)) ?? { error: "This tool is not available" };
    case "status-update":
      await options.onStatusUpdate?.(message, eventId);
      return {};
    case "end-of-call-report":
      await options.onEndOfCallReport?.(message, eventId);
      return {};
    default:
      // An event of a later version: taken, so that it does not come again.
      return {};
  }
}
