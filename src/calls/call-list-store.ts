import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

export interface CallFilter {
  status?: string | undefined;
  startDate?: Date | undefined;
  endDate?: Date | undefined;
}

function select(db: Queryable, organizationId: string) {
  return db
    .selectFrom("calls")
    .leftJoin("assistants", "assistants.id", "calls.assistant_id")
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
      "calls.recording_url",
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

export async function listCalls(
  db: Queryable,
  organizationId: string,
  filter: CallFilter,
  page: { limit: number; offset: number },
) {
  // One list of conditions for the page and for its total.
  const matches = sql<boolean>`(
    (${filter.status ?? null}::text is null or calls.status = ${filter.status ?? null}) and
    (${filter.startDate ?? null}::timestamptz is null or calls.created_at >= ${filter.startDate ?? null}) and
    (${filter.endDate ?? null}::timestamptz is null or calls.created_at <= ${filter.endDate ?? null})
  )`;
  const calls = await select(db, organizationId)
    .where(matches)
    .orderBy("calls.created_at", "desc")
    .orderBy("calls.id", "desc")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const { total } = await db
    .selectFrom("calls")
    .select(sql<string>`count(*)`.as("total"))
    .where("calls.organization_id", "=", organizationId)
    .where(matches)
    .executeTakeFirstOrThrow();
  return { calls, total: Number(total) };
}

export function findCallRecord(db: Queryable, organizationId: string, id: string) {
  return select(db, organizationId).where("calls.id", "=", id).executeTakeFirst();
}
