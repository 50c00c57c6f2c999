import { z } from "zod";
import { EVENT_STATES } from "../webhooks/event-list-store.ts";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";

const id = z.uuid();
const instant = z.iso.datetime();
const offset = z.int().meta({ description: "Milliseconds since the call's `created_at`." });
const milliseconds = z.number();

export const liveCallShape = z
  .object({
    id,
    status: z.string(),
    direction: z.enum(["inbound", "outbound", "web"]),
    caller_phone: z.string().nullable(),
    assistant_phone: z.string().nullable(),
    number_id: id.nullable(),
    agent_id: id.nullable(),
    agent_name: z.string().nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    ended_at: instant.nullable(),
    end_reason: z.string().nullable(),
    is_reported: z.boolean().meta({ description: "The call is whole: its summary and report are there." }),
  })
  .meta({ id: "LiveCall" });

export const callFeedEventShape = z
  .discriminatedUnion("event", [
    z.object({ event: z.literal("snapshot"), data: z.object({ calls: z.array(liveCallShape) }) }),
    z.object({
      event: z.literal("call"),
      data: z.object({ change: z.enum(["created", "changed"]), call: liveCallShape }),
    }),
  ])
  .meta({ id: "CallFeedEvent", description: "First the calls that run, then every change." });

const moment = { sequence: z.int(), offset_ms: offset };
const of = <Name extends string, Fields extends z.ZodRawShape>(type: Name, fields: Fields) =>
  z.object({ ...moment, type: z.literal(type), ...fields });

export const callActivityShape = z
  .discriminatedUnion("type", [
    of("dialing", {}),
    of("ringing", {}),
    of("joined", {}),
    of("decided", {
      mode: z.enum(["default", "transient", "hybrid", "reject"]),
      because: z.string().nullable(),
      duration_ms: milliseconds,
    }),
    of("answered", {}),
    of("message", {
      role: z.enum(["user", "assistant"]),
      speech_offset_ms: offset.nullable(),
      content: z.string().nullable(),
    }),
    of("interrupted", {}),
    of("tool-call", { tool_call_id: z.string(), name: z.string(), arguments: z.unknown() }),
    of("tool-result", {
      tool_call_id: z.string(),
      name: z.string(),
      outcome: z.enum(["result", "error"]),
      duration_ms: milliseconds,
      value: z.unknown(),
    }),
    of("node", { node_id: z.string() }),
    of("typed", { outcome: z.enum(["taken", "too-long", "too-many", "nobody-reads"]) }),
    of("digit", { digit: z.string().nullable() }),
    of("consent", { outcome: z.enum(["agreed", "declined", "unanswered", "gone", "unspoken"]) }),
    of("transfer", {
      outcome: z.enum(["transferred", "failed"]),
      reason: z.string().nullable(),
      destination: z.string().nullable(),
    }),
    of("analysed", {
      outcome: z.enum(["made", "skipped", "failed"]),
      reason: z.string().nullable(),
      duration_ms: milliseconds,
    }),
    of("ended", { status: z.string(), end_reason: z.string() }),
    of("reported", {}),
  ])
  .meta({
    id: "CallActivity",
    description:
      "A moment of a call. What was said, asked, typed or dialled is null in GDPR mode and past the retention of content; an argument or a result of over 16,384 characters is the beginning of its text.",
  });

export const turnStagesShape = z
  .object({
    stt_final_ms: milliseconds,
    end_of_turn_wait_ms: milliseconds,
    tool_ms: milliseconds,
    llm_first_token_ms: milliseconds,
    tts_first_audio_ms: milliseconds,
    playout_start_ms: milliseconds,
  })
  .meta({ id: "TurnStages", description: "What `total_ms` consists of." });

export const callTimelineShape = z
  .object({
    call_id: id,
    started_at: instant.meta({ description: "The call's `created_at`: where every offset counts from." }),
    duration_ms: z.int().meta({ description: "To the end, or to now." }),
    is_over: z.boolean(),
    activity: z.array(callActivityShape),
    turns: z.array(z.object({ offset_ms: offset, total_ms: milliseconds, stages: turnStagesShape })),
    webhooks: z.array(
      z.object({
        id,
        offset_ms: offset,
        type: z.enum(WEBHOOK_EVENTS),
        state: z.enum(EVENT_STATES),
        reason: z.string().nullable(),
        url: z.string().nullable(),
        attempts: z.array(
          z.object({
            number: z.int(),
            offset_ms: offset,
            duration_ms: milliseconds,
            outcome: z.string(),
            status_code: z.int().nullable(),
          }),
        ),
      }),
    ),
    recording: z
      .object({ url: z.string(), offset_ms: offset, duration_ms: milliseconds })
      .nullable()
      .meta({ description: "Where its first moment lies on the axis." }),
  })
  .meta({ id: "CallTimeline" });

export const peaksShape = z
  .object({
    duration_ms: z.int(),
    caller: z.array(z.number()),
    assistant: z.array(z.number()),
  })
  .meta({
    id: "RecordingPeaks",
    description: "Of each part of the recording the loudest moment, from 0 to 1.",
  });

export const callActivityEventShape = z
  .discriminatedUnion("event", [
    z.object({ event: z.literal("activity"), id: z.string(), data: callActivityShape }),
    z.object({ event: z.literal("end"), data: z.object({}) }),
  ])
  .meta({ id: "CallActivityEvent", description: "`end`: nothing more comes; do not come back." });
