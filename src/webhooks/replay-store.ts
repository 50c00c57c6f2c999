import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import { listEvents, type EventFilter, type EventPosition, type EventRow } from "./event-list-store.ts";

/** A bulk replay as the API shows it. */
export interface ReplayRecord {
  id: string;
  state: "running" | "paused" | "done";
  total: number;
  done: number;
  created_at: Date;
}

const BATCH = 200;

/** Notifications only: nobody waits any more for the answer to a synchronous request. */
function isReplayable(event: EventRow): boolean {
  return event.sequence !== null && event.state !== "pending" && event.state !== "in-flight";
}

/** The account's own endpoint, where events go that had none at their time. @returns undefined: no URL is configured */
async function ensureAccountEndpoint(db: Queryable, organizationId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with account as (
      select id as organization_id, webhook_url as url from organizations
      where id = ${organizationId} and webhook_url is not null
    ), fresh as (
      insert into webhook_endpoints (id, organization_id, level, owner, url)
      select ${newId()}, organization_id, 'account', '', url from account
      on conflict do nothing returning id
    )
    select id from fresh
    union all
    select e.id from webhook_endpoints e join account a using (organization_id, url)
    where e.level = 'account' and e.disabled_at is null
  `.execute(db);
  return rows[0]?.id;
}

/**
 * Delivers events once more, with the same id and the same bytes: to the endpoint that they were sent to last, or where
 * there is none any more, to the account's of today. They count as retries, so that first attempts go before them.
 *
 * @returns the endpoints that have something to deliver now
 */
async function insertReplays(
  tx: Queryable,
  organizationId: string,
  eventIds: readonly string[],
): Promise<string[]> {
  const accountEndpointId = (await ensureAccountEndpoint(tx, organizationId)) ?? null;
  const { rows } = await sql<{ endpoint_id: string }>`
    insert into webhook_deliveries (id, event_id, event_created_at, organization_id, endpoint_id, call_id, sequence,
      event_type, state, is_retry, is_replay, run_at)
    select n.id, e.id, e.created_at, e.organization_id, coalesce(last.endpoint_id, ${accountEndpointId}::uuid),
      e.call_id, e.sequence, e.type, 'pending', true, true, now()
    from unnest(${eventIds.map(() => newId())}::uuid[], ${[...eventIds]}::uuid[]) as n(id, event_id)
    join webhook_events e on e.id = n.event_id
    left join lateral (
      select d.endpoint_id from webhook_deliveries d join webhook_endpoints p on p.id = d.endpoint_id
      where d.event_id = e.id and p.disabled_at is null order by d.created_at desc limit 1
    ) last on true
    where coalesce(last.endpoint_id, ${accountEndpointId}::uuid) is not null
    returning endpoint_id
  `.execute(tx);
  return [...new Set(rows.map((row) => row.endpoint_id))];
}

/** @returns the endpoint that has it now; undefined: there is none to send it to */
export async function replayEvent(
  db: Database,
  organizationId: string,
  eventId: string,
): Promise<string | undefined> {
  return db.transaction().execute(async (tx) => (await insertReplays(tx, organizationId, [eventId]))[0]);
}

/** How many events a bulk replay would send, at this moment. */
export async function countReplayable(
  db: Queryable,
  organizationId: string,
  filter: EventFilter,
): Promise<number> {
  let count = 0;
  for await (const page of pagesOf(db, organizationId, filter)) count += page.filter(isReplayable).length;
  return count;
}

async function* pagesOf(
  db: Queryable,
  organizationId: string,
  filter: EventFilter,
): AsyncGenerator<EventRow[]> {
  let after: EventPosition | undefined;
  for (;;) {
    const page = await listEvents(db, organizationId, filter, { limit: 1_000, after });
    yield page;
    after = page.at(-1);
    if (page.length < 1_000) return;
  }
}

export async function insertReplay(
  db: Queryable,
  organizationId: string,
  filter: EventFilter,
  total: number,
): Promise<ReplayRecord> {
  return db
    .insertInto("webhook_replays")
    .values({
      id: newId(),
      organization_id: organizationId,
      filter: JSON.stringify(filter),
      state: "running",
      total,
    })
    .returning(["id", "state", "total", "done", "created_at"])
    .executeTakeFirstOrThrow();
}

export function findReplay(
  db: Queryable,
  organizationId: string,
  id: string,
): Promise<ReplayRecord | undefined> {
  return db
    .selectFrom("webhook_replays")
    .select(["id", "state", "total", "done", "created_at"])
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** A replay that is done stays so. */
export async function moveReplay(
  db: Queryable,
  organizationId: string,
  id: string,
  state: "running" | "paused",
): Promise<void> {
  await db
    .updateTable("webhook_replays")
    .set({ state })
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .where("state", "<>", "done")
    .execute();
}

/**
 * Takes the oldest running replay one batch further, in one transaction: a crash repeats nothing and skips nothing.
 * What has been delivered in the meantime is skipped, unless delivered events were asked for.
 *
 * @returns the endpoints that have something to deliver; undefined: no replay is running
 */
export async function advanceReplays(db: Database): Promise<string[] | undefined> {
  return db.transaction().execute(async (tx) => {
    const replay = await tx
      .selectFrom("webhook_replays")
      .selectAll()
      .where("state", "=", "running")
      .orderBy("created_at")
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!replay) return undefined;
    const filter = readFilter(replay.filter as Record<string, string>);
    const after = replay.after_id ? { position: replay.after_position!, id: replay.after_id } : undefined;
    const page = await listEvents(tx, replay.organization_id, filter, { limit: BATCH, after });
    const events = page.filter(isReplayable);
    const endpointIds = await insertReplays(
      tx,
      replay.organization_id,
      events.map(({ id }) => id),
    );
    const last = page.at(-1);
    await tx
      .updateTable("webhook_replays")
      .set({
        done: sql<number>`done + ${events.length}`,
        ...(last && { after_position: last.position, after_id: last.id }),
        ...(page.length < BATCH && { state: "done" as const }),
      })
      .where("id", "=", replay.id)
      .execute();
    return endpointIds;
  });
}

/** Dates became texts on their way through the json column. */
function readFilter({ since, until, ...rest }: Record<string, string>): EventFilter {
  return { ...rest, ...(since && { since: new Date(since) }), ...(until && { until: new Date(until) }) };
}
