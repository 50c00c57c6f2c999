/** As the API names them. */
export const EVENT_TYPES = [
  "assistant-request",
  "tool-calls",
  "status-update",
  "end-of-call-report",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const EVENT_STATES = [
  "pending",
  "in-flight",
  "delivered",
  "exhausted",
  "cancelled",
  "failed",
  "skipped",
] as const;
export type EventStateName = (typeof EVENT_STATES)[number];
