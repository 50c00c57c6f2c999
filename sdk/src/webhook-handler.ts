import type { Input } from "./operation.ts";
import { verifyWebhook, type WebhookEvent } from "./verify-webhook.ts";

type Configuration = Partial<Input<"post", "/assistants">> & { metadata?: Record<string, unknown> };

/** How the call is to be answered. `{}`: as the saved assistant is; `error` is said to the caller, then it hangs up. */
export type AssistantRequestAnswer = { max_duration_seconds?: number } & (
  | { assistant?: Configuration; assistant_id?: never; error?: never }
  | { assistant_id: string; assistant_override?: Configuration; error?: never }
  | { error: string }
);

/** What the model is told: a result for each call, one result, or that it did not work. */
export type ToolCallsAnswer =
  | { results: { tool_call_id: string; result: unknown }[] }
  | { result: unknown }
  | { error: string };

type Answering<T> = T | Promise<T>;

export interface WebhookHandlerOptions {
  /** several while one is being replaced */
  secrets: readonly string[];
  toleranceSeconds?: number;
  /** a caller hears it ringing meanwhile: at most 5 s */
  onAssistantRequest?(event: WebhookEvent<"assistant-request">): Answering<AssistantRequestAnswer>;
  /** a caller waits meanwhile: at most 10 s */
  onToolCalls?(event: WebhookEvent<"tool-calls">): Answering<ToolCallsAnswer>;
  /** an error thrown here or in the next one makes the server send the event again later */
  onStatusUpdate?(event: WebhookEvent<"status-update">): Answering<void>;
  onEndOfCallReport?(event: WebhookEvent<"end-of-call-report">): Answering<void>;
  /** what a function above has thrown, which is answered with 500; without it the handler throws it itself */
  onError?(error: unknown): void;
}

/** Receives the webhooks: only those that are genuine reach the functions. */
export function createWebhookHandler(
  options: WebhookHandlerOptions,
): (request: Request) => Promise<Response> {
  const { secrets, toleranceSeconds } = options;
  return async (request) => {
    if (request.method !== "POST") {
      return json(405, { error: "Method not allowed" }, { Allow: "POST" });
    }
    const body = new Uint8Array(await request.arrayBuffer());
    const { headers } = request;
    const verified = await verifyWebhook({
      body,
      headers,
      secrets,
      ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    });
    if (verified.outcome === "refused") return json(401, { error: verified.reason });
    try {
      return json(200, await answer(verified.event, options));
    } catch (error) {
      if (!options.onError) throw error;
      options.onError(error);
      return json(500, { error: "Internal error" });
    }
  };
}

async function answer(event: WebhookEvent, options: WebhookHandlerOptions): Promise<object> {
  switch (event.type) {
    case "assistant-request":
      return (await options.onAssistantRequest?.(event)) ?? {};
    case "tool-calls":
      return (await options.onToolCalls?.(event)) ?? { error: "There is no such tool" };
    case "status-update":
      await options.onStatusUpdate?.(event);
      return {};
    case "end-of-call-report":
      await options.onEndOfCallReport?.(event);
      return {};
    // An event of a newer server is no reason to have it sent again and again.
    default:
      return {};
  }
}

function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  const allHeaders = { "Content-Type": "application/json", ...headers };
  return new Response(JSON.stringify(body), { status, headers: allHeaders });
}
