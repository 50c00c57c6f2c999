import { z } from "zod";
import { statsQuery } from "../stats/stats-routes.ts";
import type { Operation } from "./operation.ts";

const instant = z.iso.datetime();
const milliseconds = z.number().nullable();
const share = z.number().nullable().meta({ description: "From 0 to 1; null: there was none." });

const figures = {
  calls: z.int(),
  by_outcome: z
    .object({
      completed: z.int(),
      failed: z.int(),
      rejected: z.int(),
      unreached: z.int(),
      running: z.int(),
    })
    .meta({
      description:
        "`completed`: ended, transferred. `failed`: ended-with-error. `unreached`: outbound calls that nobody took.",
    }),
  by_direction: z.object({ inbound: z.int(), outbound: z.int(), web: z.int() }),
  answered: z.int().meta({ description: "And over." }),
  minutes: z.number(),
  average_duration_seconds: z.number().nullable(),
};

const percentiles = z.object({ p50: z.number(), p90: z.number(), p99: z.number() });

const latencyShape = z
  .object({
    turns: z.int().meta({ description: "How many turns the figures are of." }),
    is_sampled: z.boolean().meta({ description: "They are a part of the period's turns, drawn at random." }),
    total_ms: percentiles,
    stt_final_ms: percentiles,
    end_of_turn_wait_ms: percentiles,
    tool_ms: percentiles,
    llm_first_token_ms: percentiles,
    tts_first_audio_ms: percentiles,
    playout_start_ms: percentiles,
  })
  .meta({
    id: "TurnLatency",
    description:
      "From the caller's last sound to our first, and its stages, each by itself: percentiles of stages do not add up.",
  });

const statsShape = z
  .object({
    from: instant,
    to: instant,
    bucket: z.enum(["hour", "day"]),
    time_zone: z.string(),
    totals: z.object(figures),
    buckets: z.array(z.object({ start: instant, ...figures })),
    latency: latencyShape.nullable(),
    webhook_endpoints: z
      .array(
        z.object({
          id: z.uuid(),
          level: z.string(),
          owner: z.string(),
          url: z.string(),
          is_enabled: z.boolean(),
          breaker: z.enum(["closed", "open", "half-open"]),
          failing_since: instant.nullable(),
          waiting: z.int().meta({ description: "To be delivered, at this moment." }),
          exhausted: z.int().meta({ description: "Given up in the period." }),
          attempts: z.int().meta({ description: "In the period; the latest 1,000 at most." }),
          success_rate: share,
          p95_ms: milliseconds,
        }),
      )
      .meta({ description: "Those in trouble first; 50 at most." }),
    synchronous_webhooks: z
      .array(
        z.object({
          type: z.enum(["assistant-request", "tool-calls"]),
          requests: z.int().meta({ description: "In the period; the latest 1,000 at most." }),
          success_rate: share,
          p95_ms: milliseconds,
        }),
      )
      .meta({ description: "What callers waited for." }),
  })
  .meta({ id: "Stats" });

export const statsOperations: Operation[] = [
  {
    method: "get",
    path: "/stats",
    tag: "Statistics",
    isExtension: true,
    summary: "Calls, minutes, latency of turns and health of webhooks in a period, by the hour or the day",
    query: statsQuery,
    answers: { 200: { description: "The figures", schema: z.object({ stats: statsShape }) } },
  },
];
