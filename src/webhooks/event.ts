/**
 * The four webhook events and their body, to the letter of the documented pages (seeds; facts 1.1, 1.5-1.9).
 * Pure: what goes in is already decided, what comes out is the JSON that is sent.
 */
export const WEBHOOK_EVENTS = [
  "assistant-request",
  "tool-calls",
  "status-update",
  "end-of-call-report",
] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number];

export type CallType = "inbound_phone_call" | "outbound_phone_call" | "web_call";

export function callTypeOf(direction: "inbound" | "outbound" | "web"): CallType {
  return direction === "web" ? "web_call" : `${direction}_phone_call`;
}

/** What every event says of its call. */
export interface EventSubject {
  call: { id: string; type: CallType; status: string };
  /** nulls on web calls */
  phoneNumber: { id: string | null; number: string | null; name: string | null };
  customerNumber: string | null;
}

export interface ToolCallOnWire {
  id: string;
  type: "function";
  function: { name: string; arguments: Record<string, unknown> };
}

/** What one kind of event says besides; `undefined` fields are left out of the body. */
export type EventDetail =
  | { type: "assistant-request" }
  | { type: "tool-calls"; assistant: object; toolCalls: ToolCallOnWire[] }
  | {
      type: "status-update";
      assistant: object | undefined;
      sequence: number;
      error: string | undefined;
      endReason: string | undefined;
    }
  | {
      type: "end-of-call-report";
      assistant: object | undefined;
      sequence: number;
      durationSeconds: number;
      summary: string;
      messages: readonly object[];
      analysis: object | undefined;
      recordingUrl: string | undefined;
      error: string | undefined;
      endReason: string | undefined;
      startedAt: Date | undefined;
      endedAt: Date | undefined;
      /** why summary, messages and analysis are empty */
      isInGdprMode?: boolean;
    };

/** @returns the exact bytes that are sent, on every attempt and every replay */
export function encodeEvent(subject: EventSubject, detail: EventDetail, timestamp: Date): Buffer {
  const message = {
    type: detail.type,
    timestamp: timestamp.toISOString(),
    call: subject.call,
    phone_number: {
      id: subject.phoneNumber.id,
      number: subject.phoneNumber.number,
      name: subject.phoneNumber.name,
    },
    customer: { number: subject.customerNumber },
    ...detailOnWire(detail),
  };
  return Buffer.from(JSON.stringify({ message }));
}

function detailOnWire(detail: EventDetail): object {
  switch (detail.type) {
    case "assistant-request":
      return {};
    case "tool-calls":
      return { assistant: detail.assistant, tool_call_list: detail.toolCalls };
    case "status-update":
      return {
        assistant: detail.assistant,
        error: detail.error,
        end_reason: detail.endReason,
        sequence: detail.sequence,
      };
    case "end-of-call-report":
      return {
        assistant: detail.assistant,
        duration_seconds: detail.durationSeconds,
        summary: detail.summary,
        messages: detail.messages,
        analysis: detail.analysis,
        recording_url: detail.recordingUrl,
        error: detail.error,
        end_reason: detail.endReason,
        started_at: detail.startedAt?.toISOString(),
        ended_at: detail.endedAt?.toISOString(),
        gdpr_mode: detail.isInGdprMode || undefined,
        sequence: detail.sequence,
      };
  }
}
