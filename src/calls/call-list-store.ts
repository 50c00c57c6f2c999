import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { CountBetween } from "./call-count.ts";

export interface CallFilter {
  status?: string | undefined;
  startDate?: Date | undefined;
  endDate?: Date | undefined;
}

function select(db: Queryable, organizationId: string) {
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
      "calls.end_reason",
      "calls.error",
      "calls.started_at",
      "calls.ended_at",
      "calls.summary",
      "calls.analysis_result",
      "calls.messages",
      "recordings.id as recording_id",
      "calls.assistant_id",
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

/** @param countAll  the total where nothing is filtered */
export async function listCalls(
  db: Queryable,
  organizationId: string,
  filter: CallFilter,
  page: { limit: number; offset: number },
  countAll: (organizationId: string) => Promise<number>,
) {
  const { status, startDate, endDate } = filter;
  let calls = select(db, organizationId);
  let counted = count(db, organizationId);
  if (status !== undefined) {
    calls = calls.where("calls.status", "=", status);
    counted = counted.where("status", "=", status);
  }
  if (startDate) {
    calls = calls.where("calls.created_at", ">=", startDate);
    counted = counted.where("created_at", ">=", startDate);
  }
  if (endDate) {
    calls = calls.where("calls.created_at", "<=", endDate);
    counted = counted.where("created_at", "<=", endDate);
  }
  const isFiltered = status !== undefined || startDate !== undefined || endDate !== undefined;
  const [rows, total] = await Promise.all([
    calls
      .orderBy("calls.created_at", "desc")
      .orderBy("calls.id", "desc")
      .limit(page.limit)
      .offset(page.offset)
      .execute(),
    isFiltered
      ? counted.executeTakeFirstOrThrow().then((row) => Number(row.total))
      : countAll(organizationId),
  ]);
  return { calls: rows, total };
}

function count(db: Queryable, organizationId: string) {
  return db
    .selectFrom("calls")
    .select(sql<string>`count(*)`.as("total"))
    .where("organization_id", "=", organizationId);
}

export function createCountBetween(db: Queryable): CountBetween {
  return async (organizationId, { from, to }) => {
    let query = count(db, organizationId);
    if (from) query = query.where("created_at", ">=", from);
    if (to) query = query.where("created_at", "<", to);
    return Number((await query.executeTakeFirstOrThrow()).total);
  };
}

export function findCallRecord(db: Queryable, organizationId: string, id: string) {
  return select(db, organizationId).where("calls.id", "=", id).executeTakeFirst();
}
