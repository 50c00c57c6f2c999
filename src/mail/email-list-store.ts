import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

export async function listEmails(
  db: Queryable,
  organizationId: string,
  filter: { callId?: string | undefined },
  page: { limit: number; offset: number },
) {
  const matching = db
    .selectFrom("emails")
    .where("organization_id", "=", organizationId)
    .$if(filter.callId !== undefined, (query) => query.where("call_id", "=", filter.callId!));
  const emails = await matching
    .select(["id", "call_id", "recipients", "delivered_to", "message_id", "state", "attempt_count", "run_at"])
    .select(["last_error", "transport", "created_at", "finished_at"])
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const { total } = await matching.select(sql<string>`count(*)`.as("total")).executeTakeFirstOrThrow();
  return { emails, total: Number(total) };
}

export type EmailRow = Awaited<ReturnType<typeof listEmails>>["emails"][number];
