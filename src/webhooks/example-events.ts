import { encodeEvent, type EventDetail, type EventSubject, type WebhookEventType } from "./event.ts";

/**
 * One of each event, as a receiver would get them from a short call: for the test button and for people who write a
 * receiver. `test: true` inside the message tells them from real ones.
 */
export function encodeExample(type: WebhookEventType, callId: string, at: Date): Buffer {
  return asTest(encodeEvent(exampleSubject(type, callId), detailOf(type, at), at));
}

/** Marks an event as none of a real call. */
export function asTest(body: Buffer): Buffer {
  const { message } = JSON.parse(body.toString()) as { message: object };
  return Buffer.from(JSON.stringify({ message: { ...message, test: true } }));
}

const ASSISTANT = { id: null, name: "Example assistant", metadata: { customer: "example" } };
const CALL_SECONDS = 42;

/** The call that an example is of. */
export function exampleSubject(type: WebhookEventType, callId: string): EventSubject {
  const status = { "assistant-request": "ringing", "end-of-call-report": "ended" } as const;
  return {
    call: {
      id: callId,
      type: "inbound_phone_call",
      status: type in status ? status[type as keyof typeof status] : "in-progress",
    },
    phoneNumber: { id: null, number: "+31850835037", name: "Example number" },
    customerNumber: "+31612345678",
  };
}

function detailOf(type: WebhookEventType, at: Date): EventDetail {
  const common = { assistant: ASSISTANT, sequence: 1, error: undefined, endReason: undefined };
  switch (type) {
    case "assistant-request":
      return { type };
    case "tool-calls": {
      const opening = { name: "opening_hours", arguments: { day: "today" } };
      return {
        type,
        assistant: ASSISTANT,
        toolCalls: [{ id: "call_example", type: "function", function: opening }],
      };
    }
    case "status-update":
      return { type, ...common };
    case "end-of-call-report":
      return {
        type,
        ...common,
        endReason: "user_hangup",
        durationSeconds: CALL_SECONDS,
        summary: "The caller asked for the opening hours.",
        messages: [
          { role: "assistant", content: "Hello, how can I help?" },
          { role: "user", content: "When do you close?" },
          { role: "assistant", content: "We close at half past five." },
        ],
        analysis: undefined,
        recordingUrl: undefined,
        startedAt: new Date(at.getTime() - CALL_SECONDS * 1_000),
        endedAt: at,
      };
  }
}
