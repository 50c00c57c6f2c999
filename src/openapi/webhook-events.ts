import { z } from "zod";
import { WEBHOOK_EVENTS, type WebhookEventType } from "../webhooks/event.ts";

const call = z.object({
  id: z.uuid(),
  type: z.enum(["inbound_phone_call", "outbound_phone_call", "web_call"]),
  status: z.string(),
});
const common = {
  timestamp: z.iso.datetime(),
  call,
  phone_number: z.object({
    id: z.uuid().nullable(),
    number: z.string().nullable(),
    name: z.string().nullable(),
  }),
  customer: z.object({ number: z.string().nullable() }),
};
const assistant = z.looseObject({}).optional();
const notification = {
  assistant,
  error: z.string().optional(),
  end_reason: z.string().optional(),
  sequence: z.int().meta({ description: "Extension: the event's place among its call's, from 1." }),
};

/** What we send (facts 1.5-1.9). A test holds them against the encoder. */
export const MESSAGES: Record<WebhookEventType, z.ZodType> = {
  "assistant-request": z.object({ type: z.literal("assistant-request"), ...common }),
  "tool-calls": z.object({
    type: z.literal("tool-calls"),
    ...common,
    assistant,
    tool_call_list: z.array(
      z.object({
        id: z.string(),
        type: z.literal("function"),
        function: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
      }),
    ),
  }),
  "status-update": z.object({ type: z.literal("status-update"), ...common, ...notification }),
  "end-of-call-report": z.object({
    type: z.literal("end-of-call-report"),
    ...common,
    ...notification,
    duration_seconds: z.number(),
    summary: z.string(),
    messages: z.array(z.looseObject({ role: z.string(), content: z.string() })),
    analysis: z.looseObject({}).optional(),
    recording_url: z.string().optional(),
    started_at: z.iso.datetime().optional(),
    ended_at: z.iso.datetime().optional(),
    gdpr_mode: z.literal(true).optional().meta({
      description:
        "Extension: the assistant is in GDPR mode, so `summary` and `messages` are empty and there is neither analysis nor recording.",
    }),
  }),
};

const SUMMARIES: Record<WebhookEventType, string> = {
  "assistant-request":
    "How is this call to be answered? Answered within 5 s, or the saved assistant takes it.",
  "tool-calls": "Run a tool while the caller waits. Answered within 10 s.",
  "status-update": "The call's status has changed. The answer's body is ignored.",
  "end-of-call-report": "The call is over: summary, transcript, duration. The answer's body is ignored.",
};

const HEADERS: [name: string, description: string][] = [
  ["X-Webhook-Event", "the event's type"],
  ["X-Webhook-Timestamp", "Unix seconds, of this attempt"],
  ["X-Webhook-Signature", "sha256= and the hexadecimal HMAC-SHA256 of `<timestamp>.<body>`"],
  ["X-Webhook-Id", "extension: the event's id, the same on every attempt"],
  ["webhook-id", "Standard Webhooks"],
  ["webhook-timestamp", "Standard Webhooks"],
  ["webhook-signature", "Standard Webhooks: one signature for each active secret"],
];

export function webhookEvents(toJson: (schema: z.ZodType) => object): Record<string, unknown> {
  const parameters = HEADERS.map(([name, description]) => ({
    name,
    in: "header",
    required: true,
    description,
    schema: { type: "string" },
  }));
  return Object.fromEntries(
    WEBHOOK_EVENTS.map((type) => {
      const schema = toJson(z.object({ message: MESSAGES[type] }));
      const post = {
        operationId: `on-${type}`,
        summary: SUMMARIES[type],
        parameters,
        requestBody: { content: { "application/json": { schema } } },
        responses: { "2XX": { description: "Taken" } },
        security: [],
      };
      return [type, { post }];
    }),
  );
}
