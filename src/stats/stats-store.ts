import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

export interface Period {
  from: Date;
  /** not included */
  to: Date;
}

export type BucketSize = "hour" | "day";

export interface CallFigures {
  calls: number;
  /** answered, and over in the ordinary way */
  completed: number;
  /** something of ours, of a provider or of the network broke */
  failed: number;
  /** refused before the answer */
  rejected: number;
  /** outbound calls that nobody took */
  unreached: number;
  running: number;
  inbound: number;
  outbound: number;
  web: number;
  /** and over */
  answered: number;
  talked_seconds: number;
}

/** Sums of `binned`, below. */
const FIGURES = sql`
  sum(b.calls)::integer as calls,
  coalesce(sum(b.calls) filter (where b.status in ('ended', 'transferred')), 0)::integer as completed,
  coalesce(sum(b.calls) filter (where b.status = 'ended-with-error'), 0)::integer as failed,
  coalesce(sum(b.calls) filter (where b.status = 'rejected'), 0)::integer as rejected,
  coalesce(sum(b.calls) filter (where b.status = 'failed'), 0)::integer as unreached,
  coalesce(sum(b.calls) filter (where b.status in ('connecting', 'ringing', 'in-progress')), 0)::integer as running,
  coalesce(sum(b.calls) filter (where b.direction = 'inbound'), 0)::integer as inbound,
  coalesce(sum(b.calls) filter (where b.direction = 'outbound'), 0)::integer as outbound,
  coalesce(sum(b.calls) filter (where b.direction = 'web'), 0)::integer as web,
  sum(b.answered)::integer as answered,
  coalesce(sum(b.talked_seconds), 0)::float8 as talked_seconds`;

/**
 * Calls by the time they began, in stretches of the reader's time zone: those without calls too, and the first and the
 * last as far as they lie in the period.
 */
export async function callBuckets(
  db: Queryable,
  organizationId: string,
  { from, to }: Period,
  { size, timeZone }: { size: BucketSize; timeZone: string },
): Promise<({ start: Date } & CallFigures)[]> {
  // Days are as long as the zone makes them; hours are hours, also the two of one name when clocks go back.
  const stretches =
    size === "day"
      ? sql`
        select day at time zone ${timeZone}::text as start from generate_series(
          date_trunc('day', ${from}::timestamptz at time zone ${timeZone}::text),
          (${to}::timestamptz - interval '1 millisecond') at time zone ${timeZone}::text, interval '1 day'
        ) day`
      : sql`
        select hour as start from generate_series(
          date_trunc('hour', ${from}::timestamptz, ${timeZone}::text),
          ${to}::timestamptz - interval '1 millisecond', interval '1 hour'
        ) hour`;
  const { rows } = await sql<{ start: Date } & CallFigures>`
    -- Quarters of an hour first, which is arithmetic: no zone is off by anything else, and to ask the zone for each call
    -- would take most of the time.
    with binned as (
      select date_bin('15 minutes', created_at, timestamptz '2000-01-01 00:00:00Z') as at, status, direction, count(*) as calls,
        count(started_at) filter (where ended_at is not null) as answered,
        sum(date_part('epoch', greatest(ended_at - started_at, '0'::interval)))
          filter (where started_at is not null and ended_at is not null) as talked_seconds
      from calls
      where organization_id = ${organizationId} and created_at >= ${from} and created_at < ${to}
      group by 1, 2, 3
    ),
    counted as (
      select date_trunc(${size}::text, b.at, ${timeZone}::text) as start, ${FIGURES} from binned b group by 1
    )
    select s.start, coalesce(c.calls, 0) as calls, coalesce(c.completed, 0) as completed, coalesce(c.failed, 0) as failed,
      coalesce(c.rejected, 0) as rejected, coalesce(c.unreached, 0) as unreached, coalesce(c.running, 0) as running,
      coalesce(c.inbound, 0) as inbound, coalesce(c.outbound, 0) as outbound, coalesce(c.web, 0) as web,
      coalesce(c.answered, 0) as answered, coalesce(c.talked_seconds, 0) as talked_seconds
    from (${stretches}) s left join counted c on c.start = s.start order by s.start
  `.execute(db);
  return rows;
}

export const LATENCY_FIELDS = [
  "total_ms",
  "stt_final_ms",
  "end_of_turn_wait_ms",
  "tool_ms",
  "llm_first_token_ms",
  "tts_first_audio_ms",
  "playout_start_ms",
] as const;
export type LatencyField = (typeof LATENCY_FIELDS)[number];

export interface Percentiles {
  p50: number;
  p90: number;
  p99: number;
}

export interface Latency {
  /** how many turns the figures are of */
  turns: number;
  /** only a part of the period's turns was looked at, drawn at random */
  isSampled: boolean;
  of: Record<LatencyField, Percentiles>;
}

const LOTS = 256;
/** They say how many turns there are, near enough. */
const COUNTED_LOTS = 4;
/** The 99th percentile of so many is some rank between the 98.9th and the 99.1st. */
const ENOUGH_TURNS = 20_000;

/** Of the turns of a period. @returns undefined: there are none */
export async function turnLatency(
  db: Queryable,
  organizationId: string,
  { from, to }: Period,
): Promise<Latency | undefined> {
  const inLots = (count: number) => sql`
    call_turns where organization_id = ${organizationId} and at >= ${from} and at < ${to}
      and lot = any(${Array.from({ length: count }, (_, lot) => lot)}::smallint[])`;
  const counted = await sql<{ turns: number }>`
    select count(*)::integer as turns from ${inLots(COUNTED_LOTS)}
  `.execute(db);
  const perLot = Math.max(1, counted.rows[0]!.turns / COUNTED_LOTS);
  const lots = Math.min(LOTS, Math.ceil(ENOUGH_TURNS / perLot));
  const percentiles = LATENCY_FIELDS.map(
    (field) =>
      sql`percentile_cont(array[0.5, 0.9, 0.99]) within group (order by ${sql.ref(field)}) as ${sql.ref(field)}`,
  );
  const { rows } = await sql<{ turns: number } & Record<LatencyField, [number, number, number]>>`
    select count(*)::integer as turns, ${sql.join(percentiles)}
    from ${inLots(lots)}
  `.execute(db);
  const { turns, ...fields } = rows[0]!;
  if (turns === 0) return undefined;
  const of = Object.fromEntries(
    LATENCY_FIELDS.map((field) => {
      const [p50, p90, p99] = fields[field].map((ms) => Math.round(ms * 10) / 10);
      return [field, { p50, p90, p99 }];
    }),
  ) as Record<LatencyField, Percentiles>;
  return { turns, isSampled: lots < LOTS, of };
}
