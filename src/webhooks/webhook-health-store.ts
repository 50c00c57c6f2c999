import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

/** How an endpoint has done in a period. */
export interface EndpointHealth {
  id: string;
  level: string;
  owner: string;
  url: string;
  is_enabled: boolean;
  breaker: "closed" | "open" | "half-open";
  failing_since: Date | null;
  /** to be delivered: waiting, pending, in flight */
  waiting: number;
  /** given up in the period */
  exhausted: number;
  /** of the latest attempts in the period, as many as are looked at */
  attempts: number;
  delivered: number;
  p95_ms: number | null;
}

export interface SyncHealth {
  type: "assistant-request" | "tool-calls";
  requests: number;
  answered: number;
  p95_ms: number | null;
}

const MOST_ENDPOINTS = 50;
/** Enough to say how something is doing, and few enough to read at every visit of the page. */
const MOST_ATTEMPTS = 1_000;

/** Those in trouble first, then the newest. An endpoint of a single call is among them only while it is in trouble. */
export async function listEndpointHealth(
  db: Queryable,
  organizationId: string,
  { from, to }: { from: Date; to: Date },
): Promise<EndpointHealth[]> {
  const { rows } = await sql<EndpointHealth>`
    with shown as (
      select * from webhook_endpoints
      where organization_id = ${organizationId}
        and (level <> 'call' or breaker <> 'closed' or disabled_at is not null)
      order by (disabled_at is not null or breaker <> 'closed') desc, created_at desc limit ${MOST_ENDPOINTS}
    ),
    live as (
      select endpoint_id, count(*)::integer as waiting from webhook_deliveries
      where organization_id = ${organizationId} and state in ('waiting', 'pending', 'in-flight') group by 1
    )
    select e.id, e.level, e.owner, e.url, e.disabled_at is null as is_enabled, e.breaker, e.failing_since,
      coalesce(live.waiting, 0) as waiting, x.exhausted, a.attempts, a.delivered, a.p95_ms
    from shown e
    left join live on live.endpoint_id = e.id
    cross join lateral (
      select count(*)::integer as exhausted from webhook_deliveries
      where endpoint_id = e.id and state = 'exhausted' and finished_at >= ${from} and finished_at < ${to}
    ) x
    cross join lateral (
      select count(*)::integer as attempts, count(*) filter (where outcome = 'delivered')::integer as delivered,
        percentile_cont(0.95) within group (order by duration_ms) as p95_ms
      from (
        select outcome, duration_ms from webhook_attempts
        where endpoint_id = e.id and created_at >= ${from} and created_at < ${to}
        order by created_at desc limit ${MOST_ATTEMPTS}
      ) latest
    ) a
    order by (e.disabled_at is not null or e.breaker <> 'closed') desc, e.created_at desc
  `.execute(db);
  return rows;
}

/** What callers waited for: of the latest requests in the period, as many as are looked at. */
export async function listSyncHealth(
  db: Queryable,
  organizationId: string,
  { from, to }: { from: Date; to: Date },
): Promise<SyncHealth[]> {
  const { rows } = await sql<SyncHealth>`
    select t.type, count(a.*)::integer as requests,
      count(*) filter (where a.outcome = 'delivered')::integer as answered,
      percentile_cont(0.95) within group (order by a.duration_ms) filter (where a.outcome is not null) as p95_ms
    from (values ('assistant-request'), ('tool-calls')) t (type)
    left join lateral (
      select id, created_at from webhook_events
      where organization_id = ${organizationId} and type = t.type and sequence is null and routing = 'routed'
        and created_at >= ${from} and created_at < ${to}
      order by created_at desc limit ${MOST_ATTEMPTS}
    ) e on true
    left join lateral (
      select outcome, duration_ms from webhook_attempts
      where event_id = e.id and created_at >= e.created_at - interval '1 minute' order by number desc limit 1
    ) a on true
    group by t.type order by t.type
  `.execute(db);
  return rows;
}
