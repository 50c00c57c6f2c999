import { WEBHOOK_EVENTS, type WebhookEventType } from "../webhooks/event.ts";
import { usageError } from "./command-error.ts";

export const EVENT_LIST = WEBHOOK_EVENTS.join(", ");

export function requireEventType(text: string): WebhookEventType {
  const type = WEBHOOK_EVENTS.find((known) => known === text);
  if (!type) throw usageError(`${text} is not an event.`, `The events are ${EVENT_LIST}.`);
  return type;
}

/** `a,b` and `a b` alike. @returns undefined when none were given */
export function requireEventTypes(given: readonly string[] | undefined): WebhookEventType[] | undefined {
  const names = given?.flatMap((text) => text.split(",")).filter((text) => text !== "");
  return names?.length ? names.map(requireEventType) : undefined;
}
