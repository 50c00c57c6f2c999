import type { WebhookEventType } from "./event.ts";

/** Where the URL was configured; also which secret signs and which filter holds. */
export type EndpointLevel = "tool" | "assistant" | "account";

/** A level's webhook as configured. `events: null` means all four. */
export interface WebhookSettings {
  url: string | null;
  /** sealed; the current one first, then those that were replaced and still sign. Empty: the next level's do */
  secrets: readonly Buffer[];
  events: readonly string[] | null;
  /** asked by synchronous requests when the first does not answer (an extension of ours) */
  fallbackUrl?: string | null | undefined;
}

/** An account always has a secret, so that every request is signed. */
export type AccountWebhook = WebhookSettings;

export type RoutingResult =
  | {
      outcome: "send";
      level: EndpointLevel;
      url: string;
      secrets: readonly Buffer[];
      fallbackUrl?: string | undefined;
    }
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
    tool?: Pick<WebhookSettings, "url" | "secrets"> | undefined;
    assistant?: WebhookSettings | undefined;
    account: AccountWebhook;
  },
): RoutingResult {
  const { tool, assistant, account } = levels;
  if (type === "tool-calls" && tool?.url) {
    return { outcome: "send", level: "tool", url: tool.url, secrets: firstOf(tool, assistant, account) };
  }
  if (assistant?.url) {
    if (!wants(assistant, type)) return { outcome: "skipped", reason: "filtered" };
    return {
      outcome: "send",
      level: "assistant",
      url: assistant.url,
      secrets: firstOf(assistant, account),
      ...fallbackOf(assistant),
    };
  }
  if (account.url) {
    if (!wants(account, type)) return { outcome: "skipped", reason: "filtered" };
    return {
      outcome: "send",
      level: "account",
      url: account.url,
      secrets: account.secrets,
      ...fallbackOf(account),
    };
  }
  return { outcome: "skipped", reason: "no-endpoint" };
}

function fallbackOf({ fallbackUrl }: WebhookSettings): { fallbackUrl?: string } {
  return fallbackUrl ? { fallbackUrl } : {};
}

function firstOf(...levels: (Pick<WebhookSettings, "secrets"> | undefined)[]): readonly Buffer[] {
  return levels.find((level) => level && level.secrets.length > 0)?.secrets ?? [];
}

function wants(settings: WebhookSettings, type: WebhookEventType): boolean {
  return settings.events === null || settings.events.includes(type);
}
