import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { instantField } from "../http/fields.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { callBuckets, turnLatency, type BucketSize, type CallFigures, type Period } from "./stats-store.ts";
import { sumOf } from "./call-figures.ts";

const DAY_MS = 86_400_000;
const MOST_MS = { hour: 31 * DAY_MS, day: 400 * DAY_MS };
const DEFAULT_MS = { hour: DAY_MS, day: 14 * DAY_MS };

export const statsQuery = z.object({
  from: instantField("start").optional(),
  to: instantField("end").optional(),
  bucket: z.enum(["hour", "day"]).default("day"),
  time_zone: z
    .string("must be given once")
    .max(64)
    .refine(isTimeZone, "must be an IANA time zone such as Europe/Amsterdam")
    .default("UTC"),
});

/** What others know of the period. */
export interface StatsRoutesOptions {
  db: Database;
  now: () => Date;
  endpointHealth(organizationId: string, period: Period): Promise<EndpointHealth[]>;
  syncHealth(organizationId: string, period: Period): Promise<SyncHealth[]>;
}

interface EndpointHealth {
  id: string;
  level: string;
  owner: string;
  url: string;
  is_enabled: boolean;
  breaker: string;
  failing_since: Date | null;
  waiting: number;
  exhausted: number;
  attempts: number;
  delivered: number;
  p95_ms: number | null;
}

interface SyncHealth {
  type: string;
  requests: number;
  answered: number;
  p95_ms: number | null;
}

/** `GET /stats`: how an organization's calls, turns and webhooks have done in a period. An extension. */
export function statsRoutes(server: FastifyInstance, options: StatsRoutesOptions): void {
  const { db } = options;

  server.get("/stats", async (request) => {
    const query = parseBody(statsQuery, request.query);
    const { organizationId } = request;
    const period = periodOf(query, options.now());
    const buckets = { size: query.bucket, timeZone: query.time_zone };
    const [calls, latency, endpoints, synchronous] = await Promise.all([
      callBuckets(db, organizationId, period, buckets),
      turnLatency(db, organizationId, period),
      options.endpointHealth(organizationId, period),
      options.syncHealth(organizationId, period),
    ]);
    return {
      stats: {
        from: period.from,
        to: period.to,
        bucket: query.bucket,
        time_zone: query.time_zone,
        totals: figuresOnWire(sumOf(calls)),
        buckets: calls.map(({ start, ...figures }) => ({ start, ...figuresOnWire(figures) })),
        latency: latency ? { turns: latency.turns, is_sampled: latency.isSampled, ...latency.of } : null,
        webhook_endpoints: endpoints.map(({ attempts, delivered, p95_ms: p95Ms, ...endpoint }) => ({
          ...endpoint,
          attempts,
          success_rate: rate(delivered, attempts),
          p95_ms: rounded(p95Ms),
        })),
        synchronous_webhooks: synchronous.map(({ type, requests, answered, p95_ms: p95Ms }) => ({
          type,
          requests,
          success_rate: rate(answered, requests),
          p95_ms: rounded(p95Ms),
        })),
      },
    };
  });
}

/** The end is now and the length a day or two weeks, where they are not given. @throws ApiError 400 */
function periodOf(
  query: { from?: Date | undefined; to?: Date | undefined; bucket: BucketSize },
  now: Date,
): Period {
  const { bucket } = query;
  const to = query.to ?? now;
  const from = query.from ?? new Date(to.getTime() - DEFAULT_MS[bucket]);
  if (from >= to) throw validationError(["from: must be before to"]);
  const most = MOST_MS[bucket];
  if (to.getTime() - from.getTime() > most) {
    throw validationError([`from: must be at most ${most / DAY_MS} days before to with bucket ${bucket}`]);
  }
  return { from, to };
}

function figuresOnWire({ talked_seconds: seconds, ...figures }: CallFigures) {
  const { calls, completed, failed, rejected, unreached, running, answered, ...directions } = figures;
  return {
    calls,
    by_outcome: { completed, failed, rejected, unreached, running },
    by_direction: { inbound: directions.inbound, outbound: directions.outbound, web: directions.web },
    answered,
    minutes: Math.round((seconds / 60) * 100) / 100,
    average_duration_seconds: answered === 0 ? null : Math.round((seconds / answered) * 10) / 10,
  };
}

function rate(good: number, all: number): number | null {
  return all === 0 ? null : Math.round((good / all) * 10_000) / 10_000;
}

function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}

function isTimeZone(name: string): boolean {
  try {
    // Offsets (`+02:00`) are taken by this too, and mean the opposite in PostgreSQL.
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}
