import type { WebhookEventType } from "./event.ts";

/** Where an event goes, as its delivery remembers it. */
export interface EventEndpoint {
  level: "tool" | "assistant" | "account" | "call";
  /** the assistant's id, the call's id, or "" for the account */
  owner: string;
  url: string;
  /** sealed; null: the account's secret at the time of each attempt */
  secret: Buffer | null;
}

export interface EventDraft {
  organizationId: string;
  callId: string;
  type: WebhookEventType;
  endpoint: EventEndpoint | { skipped: "no-endpoint" | "filtered" };
  createdAt: Date;
  /** @param sequence  the event's place among the call's notifications, from 1 */
  encode(sequence: number): Buffer;
}
