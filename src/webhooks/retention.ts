import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import type { WebhookEventType } from "./event.ts";

const PARTITIONED = ["webhook_events", "webhook_attempts"] as const;
const DAY_MS = 86_400_000;
/** Deliveries are rows of one table: taken away in portions, so that nobody waits for a lock. */
const PORTION = 5_000;

/**
 * Forgets what is older than the retention: whole days of events and attempts by dropping their partitions, which takes
 * no time and leaves nothing to vacuum, and the finished deliveries of those days. A day that still has something to
 * deliver stays, however old it is.
 *
 * @returns the days that were dropped, as `webhook_events_20260131`
 */
export async function dropExpired(db: Database, now: Date, retentionDays: number): Promise<string[]> {
  const oldest = new Date(now.getTime() - retentionDays * DAY_MS);
  const dropped: string[] = [];
  for (const { name, day } of await partitionsBefore(db, oldest)) {
    const isNeeded = await hasUndelivered(db, day);
    if (isNeeded) continue;
    await forgetDeliveries(db, day);
    // Names made by ourselves and read back from the catalogue: nothing of a user's goes into this text.
    await sql.raw(`drop table if exists ${name}`).execute(db);
    dropped.push(name);
  }
  return dropped;
}

async function partitionsBefore(db: Database, oldest: Date): Promise<{ name: string; day: Date }[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i
    join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    where p.relname = any(${[...PARTITIONED]}) order by c.relname
  `.execute(db);
  return rows.flatMap(({ name }) => {
    const [, year, month, date] = /_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? [];
    if (!year) return [];
    const day = new Date(`${year}-${month}-${date}T00:00:00Z`);
    // The whole of the day has to be past it.
    return day.getTime() + DAY_MS <= oldest.getTime() ? [{ name, day }] : [];
  });
}

async function hasUndelivered(db: Database, day: Date): Promise<boolean> {
  const { rows } = await sql`
    select 1 from webhook_deliveries
    where state in ('waiting', 'pending', 'in-flight')
      and event_created_at >= ${day} and event_created_at < ${new Date(day.getTime() + DAY_MS)} limit 1
  `.execute(db);
  return rows.length > 0;
}

async function forgetDeliveries(db: Database, day: Date): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      delete from webhook_deliveries where id in (
        select id from webhook_deliveries
        where event_created_at >= ${day} and event_created_at < ${new Date(day.getTime() + DAY_MS)} limit ${PORTION}
      )
    `.execute(db);
    if (numAffectedRows < BigInt(PORTION)) return;
  }
}

/** Events whose body, or whose answer, is what was said in the call. */
const CONTENT: readonly WebhookEventType[] = ["tool-calls", "end-of-call-report"];

/**
 * Forgets what was sent about calls whose own retention is over before that of the webhooks. The events go whole: a body
 * with parts cut out would be shown and replayed as what was sent, and was not. Also what is not delivered yet: it had
 * longer than any retry schedule, and the period is the customer's word to their callers.
 *
 * @param what  content: events that have words of the call in them; all: every event, for each names the caller
 */
export async function forgetCallEvents(
  tx: Queryable,
  callIds: readonly string[],
  what: "content" | "all",
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    delete from webhook_events
    where call_id = any(${callIds}::uuid[]) and (${what === "all"} or type = any(${CONTENT}::text[])) returning id
  `.execute(tx);
  if (rows.length === 0) return;
  const eventIds = rows.map(({ id }) => id);
  await sql`delete from webhook_deliveries where event_id = any(${eventIds}::uuid[])`.execute(tx);
  await sql`delete from webhook_attempts where event_id = any(${eventIds}::uuid[])`.execute(tx);
}
