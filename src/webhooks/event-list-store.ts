import { sql, type RawBuilder } from "kysely";
import type { Queryable } from "../db/database.ts";
import { firstIdAt } from "../ids.ts";

/** What a list of events can be narrowed to. */
export interface EventFilter {
  callId?: string | undefined;
  type?: string | undefined;
  state?: EventState | undefined;
  endpointId?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
}

export const EVENT_STATES = [
  "pending",
  "in-flight",
  "delivered",
  "exhausted",
  "cancelled",
  /** synchronous: the answer did not come, or was of no use */
  "failed",
  /** no endpoint got it; `routing` says why */
  "skipped",
] as const;
export type EventState = (typeof EVENT_STATES)[number];

export interface EventRow {
  id: string;
  created_at: Date;
  /** to the microsecond, for the cursor */
  position: string;
  type: string;
  call_id: string;
  sequence: number | null;
  routing: string;
  state: EventState;
  reason: string | null;
  attempt_count: number;
  next_attempt_at: Date | null;
  endpoint_id: string | null;
  endpoint_url: string | null;
  endpoint_level: string | null;
}

const MOST_OF_A_CALL = 200;

/** Where a page ended. */
export interface EventPosition {
  position: string;
  id: string;
}

/**
 * The state of an event is that of its last delivery (a replay makes another), or for a synchronous one, which has none,
 * what became of its request.
 */
const STATE = sql`case
  when d.state = 'waiting' then 'pending'
  when d.state is not null then d.state
  when e.routing <> 'routed' then 'skipped'
  when a.outcome is null then 'pending'
  when a.outcome = 'delivered' then 'delivered'
  else 'failed'
end`;

const SOURCE = sql`webhook_events e
  left join lateral (
    select * from webhook_deliveries where event_id = e.id order by created_at desc, id desc limit 1
  ) d on true
  left join webhook_endpoints p on p.id = d.endpoint_id
  left join lateral (
    select outcome, url from webhook_attempts where event_id = e.id and e.sequence is null order by number desc limit 1
  ) a on true`;

function conditions(organizationId: string, filter: EventFilter): RawBuilder<unknown> {
  const parts = [sql`e.organization_id = ${organizationId}`];
  if (filter.callId) parts.push(sql`e.call_id = ${filter.callId}`);
  if (filter.type) parts.push(sql`e.type = ${filter.type}`);
  if (filter.since) parts.push(sql`e.created_at >= ${filter.since}`);
  if (filter.until) parts.push(sql`e.created_at < ${filter.until}`);
  if (filter.endpointId) parts.push(sql`d.endpoint_id = ${filter.endpointId}`);
  if (filter.state) parts.push(sql`${STATE} = ${filter.state}`);
  return sql.join(parts, sql` and `);
}

const COLUMNS = sql`e.id, e.created_at, e.created_at::text as position, e.type, e.call_id, e.sequence, e.routing,
  ${STATE} as state, d.reason, coalesce(d.attempt_count, case when a.outcome is null then 0 else 1 end) as attempt_count,
  case when d.state in ('waiting', 'pending') then d.run_at end as next_attempt_at,
  d.endpoint_id, coalesce(p.url, a.url) as endpoint_url, p.level as endpoint_level`;

/** The newest first. */
export async function listEvents(
  db: Queryable,
  organizationId: string,
  filter: EventFilter,
  page: { limit: number; after: EventPosition | undefined },
): Promise<EventRow[]> {
  const { after } = page;
  const { rows } = await sql<EventRow>`
    select ${COLUMNS} from ${SOURCE}
    where ${conditions(organizationId, filter)}
      and ${after ? sql`(e.created_at, e.id) < (${after.position}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by e.created_at desc, e.id desc limit ${page.limit}
  `.execute(db);
  return rows;
}

/** Of one call, in short and in order. */
export async function listEventsOfCall(db: Queryable, organizationId: string, callId: string) {
  const page = { limit: MOST_OF_A_CALL, after: undefined };
  const rows = await listEvents(db, organizationId, { callId }, page);
  return rows.toReversed().map((row) => ({
    id: row.id,
    type: row.type,
    state: row.state,
    reason: row.reason,
    attemptCount: row.attempt_count,
    url: row.endpoint_url,
    createdAt: row.created_at,
  }));
}

/** In no order. */
export async function listEventsById(
  db: Queryable,
  organizationId: string,
  ids: readonly string[],
): Promise<EventRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<EventRow>`
    select ${COLUMNS} from ${SOURCE} where e.organization_id = ${organizationId} and e.id = any(${[...ids]}::uuid[])
  `.execute(db);
  return rows;
}

export async function findEvent(
  db: Queryable,
  organizationId: string,
  id: string,
): Promise<(EventRow & { body: Buffer }) | undefined> {
  const { rows } = await sql<EventRow & { body: Buffer }>`
    select ${COLUMNS}, e.body from ${SOURCE} where e.organization_id = ${organizationId} and e.id = ${id}
  `.execute(db);
  return rows[0];
}

export interface AttemptRow {
  id: string;
  number: number;
  created_at: Date;
  url: string;
  outcome: string;
  status_code: number | null;
  error: string | null;
  duration_ms: number;
  dns_ms: number | null;
  connect_ms: number | null;
  tls_ms: number | null;
  first_byte_ms: number | null;
  connection: string | null;
  remote_address: string | null;
  response_headers: Record<string, string> | null;
  response_body: Buffer | null;
}

export async function listAttempts(db: Queryable, eventId: string): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select id, number, created_at, url, outcome, status_code, error, duration_ms, dns_ms, connect_ms, tls_ms,
      first_byte_ms, connection, remote_address, response_headers, response_body
    from webhook_attempts where event_id = ${eventId} order by created_at, number
  `.execute(db);
  return rows;
}

/** Events from a time on that the reader has not seen, the oldest first. */
export async function listUnseenEvents(
  db: Queryable,
  organizationId: string,
  filter: { callId: string | undefined; from: Date; seen: readonly string[] },
  limit: number,
): Promise<
  { id: string; created_at: Date; type: string; call_id: string; sequence: number | null; body: Buffer }[]
> {
  return db
    .selectFrom("webhook_events")
    .select(["id", "created_at", "type", "call_id", "sequence", "body"])
    .where("organization_id", "=", organizationId)
    .where("created_at", ">=", filter.from)
    .where(sql<boolean>`not (id = any(${[...filter.seen]}::uuid[]))`)
    .$if(filter.callId !== undefined, (query) => query.where("call_id", "=", filter.callId!))
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** An attempt that was recorded just now, in short. */
export type RecentAttempt = Pick<
  AttemptRow,
  "id" | "number" | "created_at" | "outcome" | "status_code" | "duration_ms"
> & {
  event_id: string;
};

/**
 * Recorded from a time on, and not seen by the reader, the oldest first. By their ids, which tell when they were recorded
 * and are indexed; `created_at` is when the request began.
 */
export async function listUnseenAttempts(
  db: Queryable,
  organizationId: string,
  filter: { callId: string | undefined; from: Date; seen: readonly string[] },
  limit: number,
): Promise<RecentAttempt[]> {
  const { rows } = await sql<RecentAttempt>`
    select a.id, a.event_id, a.number, a.created_at, a.outcome, a.status_code, a.duration_ms
    from webhook_attempts a join webhook_events e on e.id = a.event_id
    where a.id >= ${firstIdAt(filter.from)}::uuid and not (a.id = any(${[...filter.seen]}::uuid[]))
      and e.organization_id = ${organizationId}
      and ${filter.callId === undefined ? sql`true` : sql`e.call_id = ${filter.callId}`}
    order by a.id limit ${limit}
  `.execute(db);
  return rows;
}

/**
 * The law of conservation: every accepted event (a notification that an endpoint is to get) has one delivery, which is in
 * exactly one state; accepted = delivered + pending + in flight + exhausted + cancelled. `residue` is what the law leaves
 * over: anything but 0 is a lost event. Replays are deliveries besides, and not counted here.
 */
export interface DeliveryCounts {
  accepted: number;
  delivered: number;
  /** those included that wait for an earlier event of their call */
  pending: number;
  inFlight: number;
  exhausted: number;
  cancelled: number;
  residue: number;
  /** how long the oldest due delivery has been due, in seconds */
  backlogAgeSeconds: number;
}

export async function countDeliveries(db: Queryable): Promise<DeliveryCounts> {
  const { rows } = await sql<Record<Exclude<keyof DeliveryCounts, "residue">, string>>`
    select
      (select count(*) from webhook_events where routing = 'routed' and sequence is not null) as accepted,
      count(*) filter (where state = 'delivered' and not is_replay) as delivered,
      count(*) filter (where state in ('waiting', 'pending') and not is_replay) as pending,
      count(*) filter (where state = 'in-flight' and not is_replay) as "inFlight",
      count(*) filter (where state = 'exhausted' and not is_replay) as exhausted,
      count(*) filter (where state = 'cancelled' and not is_replay) as cancelled,
      coalesce(extract(epoch from now() - min(run_at) filter (where state = 'pending' and run_at <= now())), 0)
        as "backlogAgeSeconds"
    from webhook_deliveries
  `.execute(db);
  const row = rows[0]!;
  const counts = {
    accepted: Number(row.accepted),
    delivered: Number(row.delivered),
    pending: Number(row.pending),
    inFlight: Number(row.inFlight),
    exhausted: Number(row.exhausted),
    cancelled: Number(row.cancelled),
    backlogAgeSeconds: Number(row.backlogAgeSeconds),
  };
  const { accepted, delivered, pending, inFlight, exhausted, cancelled } = counts;
  return { ...counts, residue: accepted - delivered - pending - inFlight - exhausted - cancelled };
}
