import { z } from "zod";
import { EVENT_STATES } from "../webhooks/event-list-store.ts";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";

// What the API answers, as the document shows it. Tests compare them with real answers.

const id = z.uuid();
const instant = z.iso.datetime();
const milliseconds = z.number().nullable();

export const errorShape = z
  .object({
    error: z.string(),
    message: z.string().optional(),
    details: z.array(z.string()).optional(),
    code: z.string().meta({ description: "Of the list in docs/reference/errors.md." }),
    request_id: z.string().optional(),
  })
  .meta({
    id: "Error",
    description: "`details` has one line for each problem: field, what is wrong, what is allowed.",
  });

const block = z.looseObject({ provider: z.string(), model: z.string().optional() });

export const assistantShape = z
  .looseObject({
    id,
    name: z.string(),
    business_name: z.string().nullable(),
    notification_email: z.string().nullable(),
    notification_emails: z.array(z.string()).nullable(),
    recording_consent: z.looseObject({ enabled: z.boolean(), message: z.string() }).nullable(),
    first_message: z.string().nullable(),
    is_active: z.boolean(),
    max_duration_seconds: z.number().nullable(),
    autonomous_silence_handling: z.boolean(),
    silence_timeout_seconds: z.number(),
    voicemail_detection: z.boolean().nullable(),
    voicemail_message: z.string().nullable(),
    gdpr_mode: z.boolean(),
    webhook_url: z.string().nullable(),
    webhook_secret: z.string().nullable(),
    webhook_events: z.array(z.enum(WEBHOOK_EVENTS)).nullable(),
    analysis_plan: z.record(z.string(), z.unknown()).nullable(),
    stt_config: block.optional(),
    llm_config: block,
    tts_config: block.nullable(),
    speech_config: z.record(z.string(), z.unknown()).nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "Assistant", description: "All fields of the request, as they were stored." });

export const numberShape = z
  .object({
    id,
    phone_number: z.string(),
    name: z.string().nullable(),
    agent_id: id.nullable(),
    agent_name: z.string().nullable(),
    business_name: z.string().nullable(),
    transfer_trunk_id: id.nullable(),
    transfer_trunk_name: z.string().nullable(),
    workflow_id: id.nullable(),
    workflow_name: z.string().nullable(),
    source: z.string(),
    is_active: z.boolean(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "Number" });

export const callShape = z
  .object({
    id,
    caller_phone: z.string().nullable(),
    assistant_phone: z.string().nullable(),
    status: z.string(),
    direction: z.enum(["inbound", "outbound", "web"]),
    end_reason: z.string().nullable(),
    error: z.string().nullable(),
    started_at: instant.nullable(),
    ended_at: instant.nullable(),
    duration_seconds: z.number().nullable(),
    summary: z.string().nullable(),
    analysis_result: z.record(z.string(), z.unknown()).nullable(),
    messages: z.array(z.object({ role: z.string(), content: z.string() })),
    room_name: z.string().nullable().meta({ description: "Of web calls: the room that the browser was in." }),
    recording_url: z.string().nullable(),
    agent_id: id.nullable(),
    number_id: id.nullable(),
    agent_name: z.string().nullable(),
    business_name: z.string().nullable(),
    phone_number: z.string().nullable(),
    agent_version: z
      .int()
      .nullable()
      .meta({ description: "Extension: which version of the assistant it ran by." }),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "Call" });

export const paginationShape = z
  .object({ total: z.int(), limit: z.int(), offset: z.int() })
  .meta({ id: "Pagination" });

export const accountWebhookShape = z
  .object({
    url: z.string().nullable(),
    fallback_url: z.string().nullable().optional(),
    secret: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).nullable(),
    previous_secrets: z.array(z.object({ expires_at: instant })),
  })
  .meta({ id: "WebhookSettings" });

export const webhookEventShape = z
  .object({
    id,
    type: z.enum(WEBHOOK_EVENTS),
    call_id: id,
    sequence: z.int().nullable(),
    created_at: instant,
    is_synchronous: z.boolean(),
    routing: z.enum(["routed", "no-endpoint", "filtered", "disabled"]),
    state: z.enum(EVENT_STATES),
    reason: z.string().nullable(),
    attempt_count: z.int(),
    next_attempt_at: instant.nullable(),
    endpoint: z.object({ id: id.nullable(), url: z.string(), level: z.string().nullable() }).nullable(),
    body: z.unknown().optional().meta({ description: "In the answer for one event: what was sent." }),
  })
  .meta({ id: "WebhookEvent" });

export const attemptShape = z
  .object({
    id,
    number: z.int(),
    started_at: instant,
    url: z.string(),
    outcome: z.string(),
    status_code: z.int().nullable(),
    error: z.string().nullable(),
    fault: z.enum(["receiver", "network", "operator"]).nullable(),
    timings: z.object({
      dns_ms: milliseconds,
      connect_ms: milliseconds,
      tls_ms: milliseconds,
      first_byte_ms: milliseconds,
      total_ms: milliseconds,
    }),
    connection: z.enum(["cold", "warm"]).nullable(),
    remote_address: z.string().nullable(),
    request_headers: z.record(z.string(), z.string()).meta({
      description: "What was sent along. Signatures are left out: each attempt has its own, kept nowhere.",
    }),
    response_headers: z.record(z.string(), z.string()).nullable().meta({
      description: "Cookies are withheld. Null: there was no answer, or one from before they were kept.",
    }),
    response_body: z.string(),
    curl: z.string(),
  })
  .meta({ id: "WebhookAttempt" });

export const endpointShape = z
  .object({
    id,
    level: z.string(),
    owner: z.string(),
    url: z.string(),
    is_enabled: z.boolean(),
    disabled_reason: z.string().nullable(),
    disabled_at: instant.nullable(),
    breaker: z.enum(["closed", "open", "half-open"]),
    breaker_open_until: instant.nullable(),
    consecutive_failures: z.int(),
    failing_since: instant.nullable(),
    pending: z.int(),
    in_flight: z.int(),
    created_at: instant,
  })
  .meta({ id: "WebhookEndpoint" });

export const replayShape = z
  .object({
    id,
    state: z.enum(["running", "paused", "done"]),
    total: z.int(),
    done: z.int(),
    created_at: instant,
  })
  .meta({ id: "WebhookReplay" });

export const operationalEventShape = z
  .object({ id, type: z.string(), detail: z.looseObject({}), created_at: instant })
  .meta({ id: "OperationalEvent" });
