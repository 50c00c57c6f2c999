import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import type { WebhookEventType } from "./event.ts";
import { QUICK_ATTEMPTS } from "./retry-schedule.ts";

/** A delivery that is ours as long as our node lives. */
export interface ClaimedDelivery {
  id: string;
  claimId: string;
  eventId: string;
  eventType: WebhookEventType;
  eventCreatedAt: Date;
  callId: string;
  endpointId: string;
  url: string;
  /** sealed; the current one first */
  secrets: Buffer[];
  body: Buffer;
  /** failed ones so far */
  attemptCount: number;
}

/** What became of a claimed delivery. */
export type DeliveryUpdate = { id: string; claimId: string; attemptCount: number } & (
  | { state: "delivered" }
  | { state: "exhausted" | "cancelled"; reason: string }
  | { state: "pending"; delayMs: number }
);

/** A node without a heartbeat for this long has lost its claims. A dead process's work runs again within 10 s. */
const NODE_DEAD_AFTER_MS = 8_000;

/**
 * Claims what is due of the given endpoints, in one short statement: first attempts before retries, the longest due
 * first. The new claim_id fences off an earlier claimer that was only taken for dead: its late result changes nothing.
 *
 * @param shares  how many of each endpoint
 */
export async function claimDeliveries(
  db: Database,
  options: { claimId: string; nodeId: string; shares: ReadonlyMap<string, number> },
): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<{
    id: string;
    event_id: string;
    event_type: WebhookEventType;
    event_created_at: Date;
    call_id: string;
    endpoint_id: string;
    url: string;
    secrets: Buffer[];
    body: Buffer;
    attempt_count: number;
  }>`
    with share as (
      select * from unnest(
        ${[...options.shares.keys()]}::uuid[], ${[...options.shares.values()]}::integer[]
      ) as s(endpoint_id, places)
    ),
    -- Each kind by itself, so that its index is read from the front: a thousand retries that are not due yet are
    -- never looked at.
    candidate as (
      select d.id, s.places, row_number() over (partition by s.endpoint_id order by d.is_retry, d.run_at) as place
      from share s cross join (values (false), (true)) kind(is_retry) cross join lateral (
        select id, is_retry, run_at from webhook_deliveries
        where endpoint_id = s.endpoint_id and is_retry = kind.is_retry and state = 'pending' and run_at <= now()
        order by run_at limit s.places for update skip locked
      ) d
    ),
    claimed as (
      update webhook_deliveries d
      set state = 'in-flight', claim_id = ${options.claimId}, node_id = ${options.nodeId}
      -- As an array and not as a join: the planner guesses thousands of rows and would read the whole table.
      where d.id = any(array(select id from candidate where place <= places))
      returning d.id, d.event_id, d.event_created_at, d.event_type, d.endpoint_id, d.call_id, d.organization_id, d.attempt_count
    )
    select c.id, c.event_id, c.event_type, c.event_created_at, c.call_id, c.endpoint_id, c.attempt_count, p.url, e.body,
      array[coalesce(p.secret, o.webhook_secret)] || array(
        select previous.secret from webhook_previous_secrets previous
        where previous.organization_id = c.organization_id
          and previous.owner = case when p.secret is null then '' else p.owner end
          and previous.expires_at > now()
        order by previous.created_at desc
      ) as secrets
    from claimed c
    join webhook_endpoints p on p.id = c.endpoint_id
    join organizations o on o.id = c.organization_id
    -- One look into one partition for each, for the same reason.
    cross join lateral (
      select body from webhook_events where id = c.event_id and created_at = c.event_created_at limit 1
    ) e
  `.execute(db);
  return rows.map((row) => ({
    id: row.id,
    claimId: options.claimId,
    eventId: row.event_id,
    eventType: row.event_type,
    eventCreatedAt: row.event_created_at,
    callId: row.call_id,
    endpointId: row.endpoint_id,
    url: row.url,
    secrets: row.secrets,
    body: row.body,
    attemptCount: row.attempt_count,
  }));
}

/**
 * Writes results, many at a time, and lets the next event of each call go that no longer has to wait. A row whose claim
 * is not ours any more is left alone. In the caller's transaction.
 *
 * @returns the endpoints for which something became due by it
 */
export async function finishDeliveries(tx: Queryable, updates: readonly DeliveryUpdate[]): Promise<string[]> {
  if (updates.length === 0) return [];
  const ids = updates.map(({ id }) => id);
  const finished = await sql<{ call_id: string; endpoint_id: string; lets_pass: boolean }>`
    update webhook_deliveries d
    set state = r.state, attempt_count = r.attempt_count, claim_id = null, node_id = null, reason = r.reason,
      is_retry = r.attempt_count > 0,
      run_at = case when r.state = 'pending' then now() + r.delay_ms * interval '1 millisecond' else d.run_at end,
      finished_at = case when r.state = 'pending' then null else now() end
    from unnest(
      ${ids}::uuid[], ${updates.map(({ claimId }) => claimId)}::uuid[], ${updates.map(({ state }) => state)}::text[],
      ${updates.map(({ attemptCount }) => attemptCount)}::integer[],
      ${updates.map((update) => (update.state === "pending" ? update.delayMs : 0))}::double precision[],
      ${updates.map((update) => ("reason" in update ? update.reason : null))}::text[]
    ) as r(id, claim_id, state, attempt_count, delay_ms, reason)
    where d.id = any(${ids}::uuid[]) and d.id = r.id and d.claim_id = r.claim_id
    returning d.call_id, d.endpoint_id, (d.state <> 'pending' or d.attempt_count >= ${QUICK_ATTEMPTS}) as lets_pass
  `.execute(tx);
  return releaseNext(
    tx,
    finished.rows.filter((row) => row.lets_pass),
  );
}

/** A statement of its own: it has to see what was inserted while the update before it waited for a row. */
async function releaseNext(
  tx: Queryable,
  lines: readonly { call_id: string; endpoint_id: string }[],
): Promise<string[]> {
  if (lines.length === 0) return [];
  const { rows } = await sql<{ endpoint_id: string }>`
    update webhook_deliveries d
    set state = 'pending', run_at = now()
    from (
      select distinct on (line.call_id, line.endpoint_id) w.id
      from unnest(
        ${lines.map((line) => line.call_id)}::uuid[], ${lines.map((line) => line.endpoint_id)}::uuid[]
      ) as line(call_id, endpoint_id)
      join webhook_deliveries w
        on w.call_id = line.call_id and w.endpoint_id = line.endpoint_id and w.state = 'waiting'
      where not exists (
        select from webhook_deliveries b
        where b.call_id = line.call_id and b.endpoint_id = line.endpoint_id
          and b.state in ('pending', 'in-flight') and b.attempt_count < ${QUICK_ATTEMPTS}
      )
      order by line.call_id, line.endpoint_id, w.sequence
    ) next
    where d.id = next.id and d.state = 'waiting'
    returning d.endpoint_id
  `.execute(tx);
  return rows.map((row) => row.endpoint_id);
}

/**
 * Takes back what dead nodes held. Our own claims are in our memory, so they stay ours even when our heartbeat could
 * not be written.
 */
export async function releaseDeadClaims(db: Database, ownNodeId: string): Promise<void> {
  await sql`
    update webhook_deliveries d
    set state = 'pending', run_at = now(), claim_id = null, node_id = null
    from nodes n
    where d.state = 'in-flight' and d.node_id = n.id and n.id <> ${ownNodeId}
      and (n.stopped_at is not null or n.heartbeat_at < now() - ${NODE_DEAD_AFTER_MS} * interval '1 millisecond')
  `.execute(db);
}

/**
 * Lets go what waits for nothing. It never should be needed: who finishes an event releases the next. But two nodes that
 * finish two events of one call in the same instant each see the other's as unfinished.
 */
export async function releaseForgotten(db: Database): Promise<void> {
  await sql`
    update webhook_deliveries d
    set state = 'pending', run_at = now()
    where d.state = 'waiting' and not exists (
      select from webhook_deliveries b
      where b.call_id = d.call_id and b.endpoint_id = d.endpoint_id and b.sequence < d.sequence
        and (b.state = 'waiting' or (b.state in ('pending', 'in-flight') and b.attempt_count < ${QUICK_ATTEMPTS}))
    )
  `.execute(db);
}
