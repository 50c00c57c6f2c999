export { Switchhook, type SwitchhookOptions } from "./client.ts";
export type { CallsPage, Input, Output, Resources } from "./resources.ts";
export type { RequestOptions } from "./transport.ts";
export {
  ApiRequestError,
  AuthenticationError,
  ConnectionError,
  InsufficientCreditsError,
  NotFoundError,
  RateLimitError,
  SwitchhookError,
  TimeoutError,
} from "./errors.ts";
export {
  verifyWebhook,
  type VerifyReason,
  type VerifyResult,
  type WebhookEvent,
  type WebhookHeaders,
} from "./verify-webhook.ts";
export {
  createWebhookHandler,
  type AssistantRequestAnswer,
  type ToolCallsAnswer,
  type WebhookHandlerOptions,
} from "./webhook-handler.ts";
export type { components, paths, webhooks } from "./generated/api.ts";
