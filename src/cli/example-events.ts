import {
  encodeEvent,
  type CallType,
  type EventDetail,
  type EventSubject,
  type WebhookEventType,
} from "../webhooks/event.ts";
import { webhookHeaders } from "../webhooks/signature.ts";

/** An event that looks like one of a real call, made by the code that makes the real ones. */
export interface ExampleEvent {
  id: string;
  type: WebhookEventType;
  callId: string;
  body: Buffer;
}

export interface ExampleCall {
  callId: string;
  /** null: a web call, which has no numbers, or a caller who withholds it */
  callerNumber: string | null;
  calledNumber: string | null;
  type: CallType;
  /** the tool that `tool-calls` asks for */
  tool: { name: string; arguments: Record<string, unknown> };
  assistantId?: string | undefined;
}

export const EXAMPLE_TOOL = { name: "lookup_contact", arguments: { phone_number: "+31612345678" } };

/** The numbers of the documented examples. */
export function exampleCall(callId: string): ExampleCall {
  return {
    callId,
    callerNumber: "+31612345678",
    calledNumber: "+31850835037",
    type: "inbound_phone_call",
    tool: EXAMPLE_TOOL,
  };
}

/** What a variation of an example may change. */
export interface ExampleVariation {
  sequence?: number;
  status?: "in-progress" | "ended" | "ended-with-error";
  /** only the fields that every report has */
  isBare?: boolean;
  /** a transcript of this many messages */
  messageCount?: number;
}

export function exampleEvent(
  type: WebhookEventType,
  call: ExampleCall,
  made: { eventId: string; at: Date },
  variation: ExampleVariation = {},
): ExampleEvent {
  const subject: EventSubject = {
    call: { id: call.callId, type: call.type, status: statusOf(type, variation) },
    phoneNumber: {
      id: null,
      number: call.calledNumber,
      name: call.calledNumber === null ? null : "Switchhook example",
    },
    customerNumber: call.callerNumber,
  };
  const body = encodeEvent(subject, detailOf(type, call, made, variation), made.at);
  return { id: made.eventId, type, callId: call.callId, body };
}

function statusOf(type: WebhookEventType, { status }: ExampleVariation): string {
  if (type === "assistant-request") return "ringing";
  if (type === "tool-calls") return "in-progress";
  if (type === "end-of-call-report") return status ?? "ended";
  return status ?? "in-progress";
}

function detailOf(
  type: WebhookEventType,
  { tool, assistantId }: ExampleCall,
  { eventId, at }: { eventId: string; at: Date },
  { sequence, status, isBare, messageCount = 4 }: ExampleVariation,
): EventDetail {
  const assistant = {
    ...(assistantId !== undefined && { id: assistantId }),
    name: "Example",
    first_message: "Hello, how can I help?",
    metadata: { is_example: true },
  };
  const error = status === "ended-with-error" ? "STT connection failed" : undefined;
  switch (type) {
    case "assistant-request":
      return { type };
    case "tool-calls":
      return { type, assistant, toolCalls: [{ id: `tool_${eventId}`, type: "function", function: tool }] };
    case "status-update": {
      const endReason = status === "ended" ? "user_hangup" : error && "error";
      return { type, assistant, sequence: sequence ?? 1, error, endReason };
    }
    case "end-of-call-report":
      return {
        type,
        assistant: isBare ? undefined : assistant,
        sequence: sequence ?? 3,
        durationSeconds: 42,
        summary: "An example: the caller asked when the shop closes.",
        messages: TRANSCRIPT.length >= messageCount ? TRANSCRIPT : repeated(TRANSCRIPT, messageCount),
        analysis: isBare ? undefined : { is_satisfied: true },
        recordingUrl: undefined,
        error,
        endReason: isBare ? undefined : "user_hangup",
        startedAt: isBare ? undefined : new Date(at.getTime() - 42_000),
        endedAt: isBare ? undefined : at,
      };
  }
}

// Two languages: a receiver that measures text in characters where bytes are meant is found with the first accent.
const TRANSCRIPT = [
  { role: "assistant", content: "Hello, how can I help?" },
  { role: "user", content: "Goedemiddag! Zijn jullie één dag vóór Kerstmis open?" },
  { role: "assistant", content: "Yes, until five o'clock." },
  { role: "user", content: "Thank you, good bye." },
];

function repeated<T>(messages: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => messages[index % messages.length]!);
}

/** The headers of a delivery. */
export function signedHeaders(event: ExampleEvent, secret: string, at: Date): Record<string, string> {
  return webhookHeaders(event, [secret], Math.floor(at.getTime() / 1_000));
}
