import type { WebhookEventType } from "./event.ts";

/** Where the URL was configured; also which secret signs and which filter holds. */
export type EndpointLevel = "tool" | "assistant" | "account";

/** A level's webhook as configured. `events: null` means all four. Secrets are sealed. */
export interface WebhookSettings {
  url: string | null;
  secret: Buffer | null;
  events: readonly string[] | null;
}

export interface AccountWebhook extends WebhookSettings {
  /** an account always has one, so that every request is signed */
  secret: Buffer;
}

export type RoutingResult =
  | { outcome: "send"; level: EndpointLevel; url: string; secret: Buffer }
  /** no level has a URL */
  | { outcome: "skipped"; reason: "no-endpoint" }
  /** the level that has the URL does not want this event */
  | { outcome: "skipped"; reason: "filtered" };

/**
 * Resolves the endpoint of one event. The most specific level with a URL wins: tool url → assistant `webhook_url` →
 * account webhook (seed: webhooks overview). The filter is that of the level the URL came from; a tool's URL has
 * none. The secret is that of the same level, else the next one's.
 */
export function resolveEndpoint(
  type: WebhookEventType,
  levels: {
    tool?: Pick<WebhookSettings, "url" | "secret"> | undefined;
    assistant?: WebhookSettings | undefined;
    account: AccountWebhook;
  },
): RoutingResult {
  const { tool, assistant, account } = levels;
  if (type === "tool-calls" && tool?.url) {
    const secret = tool.secret ?? assistant?.secret ?? account.secret;
    return { outcome: "send", level: "tool", url: tool.url, secret };
  }
  if (assistant?.url) {
    if (!wants(assistant, type)) return { outcome: "skipped", reason: "filtered" };
    return {
      outcome: "send",
      level: "assistant",
      url: assistant.url,
      secret: assistant.secret ?? account.secret,
    };
  }
  if (account.url) {
    if (!wants(account, type)) return { outcome: "skipped", reason: "filtered" };
    return { outcome: "send", level: "account", url: account.url, secret: account.secret };
  }
  return { outcome: "skipped", reason: "no-endpoint" };
}

function wants(settings: WebhookSettings, type: WebhookEventType): boolean {
  return settings.events === null || settings.events.includes(type);
}
