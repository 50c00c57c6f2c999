import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import type { WebhookEventType } from "./event.ts";
import { QUICK_ATTEMPTS } from "./retry-schedule.ts";

/** A delivery that is ours for the length of its lease. */
export interface ClaimedDelivery {
  id: string;
  claimId: string;
  eventId: string;
  eventType: WebhookEventType;
  endpointId: string;
  url: string;
  /** sealed */
  secret: Buffer;
  body: Buffer;
  /** failed ones so far */
  attemptCount: number;
}

/** What became of a claimed delivery. */
export type DeliveryUpdate = { id: string; claimId: string; attemptCount: number } & (
  | { state: "delivered" }
  | { state: "exhausted" }
  | { state: "pending"; delayMs: number }
);

/**
 * Claims what is due, in one short statement.
 *
 * - An event waits while an earlier one of its call and endpoint is still in its quick attempts; a call that is stuck
 *   there holds back itself alone.
 * - First attempts come before retries; of each endpoint at most `perEndpoint` at a time, those in flight counted, so
 *   that one endpoint with a backlog does not take all places.
 * - An expired lease is work of a process that died or hung: it is claimed again. The new claim_id fences off the old
 *   claimer, whose late result then changes nothing.
 */
export async function claimDeliveries(
  db: Database,
  options: { claimId: string; nodeId: string; limit: number; perEndpoint: number; leaseMs: number },
): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<{
    id: string;
    event_id: string;
    event_type: WebhookEventType;
    endpoint_id: string;
    url: string;
    secret: Buffer;
    body: Buffer;
    attempt_count: number;
  }>`
    with candidate as (
      select d.id, d.endpoint_id, d.attempt_count, d.run_at
      from webhook_deliveries d
      where ((d.state = 'pending' and d.run_at <= now()) or (d.state = 'in-flight' and d.lease_until < now()))
        and not exists (
          select from webhook_deliveries earlier
          where earlier.call_id = d.call_id and earlier.endpoint_id = d.endpoint_id
            and earlier.sequence < d.sequence and earlier.state in ('pending', 'in-flight')
            and earlier.attempt_count < ${QUICK_ATTEMPTS}
        )
      order by (d.attempt_count > 0), d.run_at
      limit ${options.limit * 20}
    ),
    ranked as (
      select c.id, c.attempt_count, c.run_at,
        row_number() over (partition by c.endpoint_id order by (c.attempt_count > 0), c.run_at) + (
          select count(*) from webhook_deliveries f
          where f.endpoint_id = c.endpoint_id and f.state = 'in-flight' and f.lease_until >= now()
        ) as place
      from candidate c
    ),
    due as (
      select d.id
      from ranked r join webhook_deliveries d on d.id = r.id
      where r.place <= ${options.perEndpoint}
        and ((d.state = 'pending' and d.run_at <= now()) or (d.state = 'in-flight' and d.lease_until < now()))
      order by r.place, (r.attempt_count > 0), r.run_at
      limit ${options.limit}
      for update of d skip locked
    ),
    claimed as (
      update webhook_deliveries d
      set state = 'in-flight', claim_id = ${options.claimId}, node_id = ${options.nodeId},
        lease_until = now() + ${options.leaseMs} * interval '1 millisecond'
      from due where d.id = due.id
      returning d.*
    )
    select c.id, c.event_id, c.event_type, c.endpoint_id, c.attempt_count, p.url, e.body,
      coalesce(p.secret, o.webhook_secret) as secret
    from claimed c
    join webhook_endpoints p on p.id = c.endpoint_id
    join organizations o on o.id = c.organization_id
    join webhook_events e on e.id = c.event_id and e.created_at = c.event_created_at
    order by c.call_id, c.sequence
  `.execute(db);
  return rows.map((row) => ({
    id: row.id,
    claimId: options.claimId,
    eventId: row.event_id,
    eventType: row.event_type,
    endpointId: row.endpoint_id,
    url: row.url,
    secret: row.secret,
    body: row.body,
    attemptCount: row.attempt_count,
  }));
}

/** Writes results, many at a time. A row whose claim is not ours any more is left alone. */
export async function finishDeliveries(db: Database, updates: readonly DeliveryUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  const rows = updates.map((update) => ({
    id: update.id,
    claim_id: update.claimId,
    state: update.state,
    attempt_count: update.attemptCount,
    delay_ms: update.state === "pending" ? update.delayMs : 0,
  }));
  await sql`
    update webhook_deliveries d
    set state = r.state, attempt_count = r.attempt_count, lease_until = null, claim_id = null,
      run_at = case when r.state = 'pending' then now() + r.delay_ms * interval '1 millisecond' else d.run_at end,
      finished_at = case when r.state = 'pending' then null else now() end
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id uuid, claim_id uuid, state text, attempt_count integer, delay_ms double precision)
    where d.id = r.id and d.claim_id = r.claim_id
  `.execute(db);
}

/** Ends the leases of processes that are known to be dead, so that their work runs again at once. */
export async function releaseClaimsOfStoppedNodes(db: Database): Promise<void> {
  await sql`
    update webhook_deliveries d set lease_until = now()
    from nodes n
    where d.state = 'in-flight' and d.node_id = n.id and n.stopped_at is not null
  `.execute(db);
}

/** When the next pending delivery or expiring lease is due, in milliseconds from now; undefined: nothing is waiting. */
export async function msUntilNextDue(db: Database): Promise<number | undefined> {
  const { rows } = await sql<{ ms: number | null }>`
    select extract(epoch from least(
      (select min(run_at) from webhook_deliveries where state = 'pending'),
      (select min(lease_until) from webhook_deliveries where state = 'in-flight')
    ) - now())::double precision * 1000 as ms
  `.execute(db);
  return rows[0]?.ms ?? undefined;
}
