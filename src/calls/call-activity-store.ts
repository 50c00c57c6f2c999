import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Activity, KeptActivity } from "./call-activity.ts";

/**
 * Adds moments to a call; a write that is repeated changes nothing. The last guard of gdpr-mode.ts: content is kept of a
 * call only whose configuration is there and does not forbid it.
 */
export async function saveActivity(
  db: Queryable,
  callId: string,
  activities: readonly (Activity & { sequence: number })[],
): Promise<void> {
  const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value));
  await sql`
    insert into call_activity (call_id, sequence, at, type, detail, content)
    select c.id, a.sequence, a.at, a.type, a.detail::json,
      case when c.configuration is not null and coalesce(c.configuration->>'gdpr_mode', '') <> 'true'
        then a.content::json end
    from calls c, unnest(
      ${activities.map(({ sequence }) => sequence)}::integer[],
      ${activities.map(({ at }) => at.toISOString())}::timestamptz[],
      ${activities.map(({ type }) => type)}::text[],
      ${activities.map(({ detail }) => json(detail))}::text[],
      ${activities.map(({ content }) => json(content))}::text[]
    ) as a (sequence, at, type, detail, content)
    where c.id = ${callId}
    on conflict do nothing
  `.execute(db);
}

/** After a place, in order. */
export async function listActivity(
  db: Queryable,
  callId: string,
  page: { after: number; limit: number },
): Promise<KeptActivity[]> {
  const rows = await db
    .selectFrom("call_activity")
    .select(["sequence", "at", "type", "detail", "content"])
    .where("call_id", "=", callId)
    .where("sequence", ">", page.after)
    .orderBy("sequence")
    .limit(page.limit)
    .execute();
  return rows as KeptActivity[];
}

/** Whether nothing more comes of a call: its last moments are written within moments of its report. */
export async function isOver(db: Queryable, callId: string): Promise<boolean> {
  const row = await db
    .selectFrom("calls")
    .select(sql<boolean>`reported_at < now() - interval '5 seconds'`.as("is_over"))
    .where("id", "=", callId)
    .executeTakeFirst();
  return row === undefined || row.is_over;
}

export async function forgetActivityContent(tx: Queryable, callIds: readonly string[]): Promise<void> {
  await tx
    .updateTable("call_activity")
    .set({ content: null })
    .where("call_id", "in", callIds)
    .where("content", "is not", null)
    .execute();
}

export async function deleteActivity(tx: Queryable, callIds: readonly string[]): Promise<void> {
  await tx.deleteFrom("call_activity").where("call_id", "in", callIds).execute();
}
