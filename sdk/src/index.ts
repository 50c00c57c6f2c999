import { Client, type ClientOptions } from "./client.ts";
import { createResources } from "./resources.ts";

export type { CallOptions, ClientOptions, RequestOptions } from "./client.ts";
export * from "./errors.ts";
export type { Answer, Body, Query } from "./operations.ts";
export {
  verifyWebhook,
  type VerifyOptions,
  type VerifyResult,
  type WebhookHeaders,
} from "./verify-webhook.ts";
export { createWebhookHandler, type WebhookHandlerOptions } from "./webhook-handler.ts";
export type * from "./webhook-events.ts";

export type Switchhook = ReturnType<typeof createResources> & Pick<Client, "request">;

/** A client of one server, with one API key. */
export function createSwitchhook(options: ClientOptions): Switchhook {
  const client = new Client(options);
  return { ...createResources(client), request: client.request.bind(client) };
}
