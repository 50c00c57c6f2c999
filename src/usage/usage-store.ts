import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

export interface UsageFilter {
  startDate?: Date | undefined;
  endDate?: Date | undefined;
}

/** Calls that cost minutes: answered, and over. Read from the calls themselves, so that there is nothing to keep in step. */
function answeredCalls(db: Queryable, organizationId: string, { startDate, endDate }: UsageFilter) {
  let query = db
    .selectFrom("calls")
    .where("calls.organization_id", "=", organizationId)
    .where("calls.started_at", "is not", null)
    .where("calls.ended_at", "is not", null);
  if (startDate) query = query.where("calls.ended_at", ">=", startDate);
  if (endDate) query = query.where("calls.ended_at", "<=", endDate);
  return query;
}

const seconds = sql<number>`greatest(0, round(extract(epoch from calls.ended_at - calls.started_at)))::int`;

export async function listUsage(
  db: Queryable,
  organizationId: string,
  filter: UsageFilter,
  page: { limit: number; offset: number },
) {
  const calls = answeredCalls(db, organizationId, filter);
  const logs = await calls
    .leftJoin("assistants", "assistants.id", "calls.assistant_id")
    .select(["calls.id", "calls.called_number as phone_number", "calls.ended_at as created_at"])
    .select([
      seconds.as("duration_sec"),
      sql<"web" | "phone">`case when calls.direction = 'web' then 'web' else 'phone' end`.as("call_type"),
      sql<string | null>`coalesce(calls.configuration->>'name', assistants.name)`.as("agent_name"),
      sql<string | null>`calls.configuration->>'business_name'`.as("business_name"),
    ])
    .orderBy("calls.ended_at", "desc")
    .orderBy("calls.id", "desc")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const { total, seconds: totalSeconds } = await calls
    .select([sql<string>`count(*)`.as("total"), sql<string>`coalesce(sum(${seconds}), 0)`.as("seconds")])
    .executeTakeFirstOrThrow();
  return { logs, total: Number(total), totalSeconds: Number(totalSeconds) };
}
