import { sql, type RawBuilder, type Selectable } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Tables } from "../db/tables.ts";
import type { CountBetween } from "./call-count.ts";
import type { CallSearch } from "./call-search.ts";

export interface CallFilter {
  status?: string | undefined;
  direction?: "inbound" | "outbound" | "web" | undefined;
  assistantId?: string | undefined;
  numberId?: string | undefined;
  startDate?: Date | undefined;
  endDate?: Date | undefined;
  search?: CallSearch | undefined;
}

type Messages = Selectable<Tables["calls"]>["messages"];

function select(db: Queryable, organizationId: string, hasMessages = true) {
  return db
    .selectFrom("calls")
    .leftJoin("assistants", "assistants.id", "calls.assistant_id")
    .leftJoin("recordings", (join) =>
      join.onRef("recordings.call_id", "=", "calls.id").on("recordings.state", "=", "kept"),
    )
    .select([
      "calls.id",
      "calls.caller_number",
      "calls.called_number",
      "calls.status",
      "calls.direction",
      "calls.carrier_call_id",
      "calls.end_reason",
      "calls.error",
      "calls.started_at",
      "calls.ended_at",
      "calls.summary",
      "calls.analysis_result",
      (hasMessages ? sql<Messages>`calls.messages` : sql<Messages>`null`).as("messages"),
      "recordings.id as recording_id",
      "recordings.created_at as recording_started_at",
      "recordings.duration_ms as recording_duration_ms",
      "calls.assistant_id",
      "calls.assistant_version",
      "calls.number_id",
      "calls.created_at",
      "calls.updated_at",
      // As the call was configured; the assistant may have been renamed or deleted since.
      sql<string | null>`coalesce(calls.configuration->>'name', assistants.name)`.as("assistant_name"),
      sql<string | null>`calls.configuration->>'business_name'`.as("business_name"),
    ])
    .where("calls.organization_id", "=", organizationId);
}

export type CallRow = Awaited<ReturnType<typeof listCalls>>["calls"][number];

/**
 * @param page      without messages they are not even read: they are most of a call's row
 * @param countAll  the total where nothing is filtered
 */
export async function listCalls(
  db: Queryable,
  organizationId: string,
  filter: CallFilter,
  page: { limit: number; offset: number; hasMessages: boolean },
  countAll: (organizationId: string) => Promise<number>,
) {
  const where = conditions(organizationId, filter);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  // The page's ids first, from the index alone: a call's row is long, and those of the pages before are not read.
  const { rows } = await sql<{ id: string; total: string }>`
    select id, ${isFiltered ? sql`count(*) over ()` : sql`0`} as total from calls where ${where}
    order by created_at desc, id desc limit ${page.limit} offset ${page.offset}
  `.execute(db);
  const ids = rows.map(({ id }) => id);
  const [calls, total] = await Promise.all([
    select(db, organizationId, page.hasMessages)
      .where("calls.id", "=", sql<string>`any(${ids}::uuid[])`)
      .orderBy("calls.created_at", "desc")
      .orderBy("calls.id", "desc")
      .execute(),
    isFiltered ? (rows[0] ? Number(rows[0].total) : count(db, where)) : countAll(organizationId),
  ]);
  return { calls, total };
}

function conditions(organizationId: string, filter: CallFilter): RawBuilder<unknown> {
  const { status, direction, assistantId, numberId, startDate, endDate, search } = filter;
  const parts = [sql`organization_id = ${organizationId}`];
  if (status !== undefined) parts.push(sql`status = ${status}`);
  if (direction !== undefined) parts.push(sql`direction = ${direction}`);
  if (assistantId !== undefined) parts.push(sql`assistant_id = ${assistantId}`);
  if (numberId !== undefined) parts.push(sql`number_id = ${numberId}`);
  if (startDate) parts.push(sql`created_at >= ${startDate}`);
  if (endDate) parts.push(sql`created_at <= ${endDate}`);
  if (search) parts.push(matches(organizationId, search));
  return sql.join(parts, sql` and `);
}

/**
 * Any of them. `false or` keeps PostgreSQL from looking each found word up in the table: it goes through the index of the
 * list once instead, and asks of each whether it was found, which for a word of every call is four times as fast.
 */
function matches(organizationId: string, { idsFrom, idsTo, digits, words }: CallSearch): RawBuilder<unknown> {
  const parts = [sql`false`];
  if (idsFrom !== undefined) parts.push(sql`id between ${idsFrom} and ${idsTo}`);
  if (digits !== undefined) {
    const like = `%${digits}%`;
    parts.push(sql`caller_number like ${like}`, sql`called_number like ${like}`);
  }
  if (words !== undefined) {
    parts.push(sql`id in (
      select call_id from call_words
      where words @@ to_tsquery('simple', ${words}) and organization_id = ${organizationId}
    )`);
  }
  return sql`(${sql.join(parts, sql` or `)})`;
}

async function count(db: Queryable, where: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ total: string }>`select count(*) as total from calls where ${where}`.execute(
    db,
  );
  return Number(rows[0]!.total);
}

export function createCountBetween(db: Queryable): CountBetween {
  return (organizationId, { from, to }) => {
    const parts = [conditions(organizationId, { startDate: from })];
    if (to) parts.push(sql`created_at < ${to}`);
    return count(db, sql.join(parts, sql` and `));
  };
}

export function findCallRecord(db: Queryable, organizationId: string, id: string) {
  return select(db, organizationId).where("calls.id", "=", id).executeTakeFirst();
}
