import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { AuditEntry } from "./audit-entry.ts";

/** Longer than any question about who has done something comes up. */
const KEPT_DAYS = 730;

/** @param organizationIds  each gets the entry: what somebody does to themselves concerns all that they are members of */
export async function insertAuditEntry(
  db: Queryable,
  organizationIds: readonly string[],
  { actor, address, action, subjectId, detail }: AuditEntry,
): Promise<void> {
  if (organizationIds.length === 0) return;
  const name =
    actor.kind === "api-key"
      ? sql<string | null>`(select name from api_keys where id = ${actor.id})`
      : actor.kind === "user"
        ? actor.name
        : null;
  await db
    .insertInto("audit_log")
    .values(
      organizationIds.map((organizationId) => ({
        id: newId(),
        organization_id: organizationId,
        actor_kind: actor.kind,
        actor_id: actor.kind === "nobody" ? null : actor.id,
        actor_name: name,
        address,
        action,
        subject_id: subjectId ?? null,
        detail: detail === undefined ? null : JSON.stringify(detail),
      })),
    )
    .execute();
}

/** Whether this actor has done the same to the same within the last hour: what is only looked at is noted once. */
export async function wasLatelyDone(
  db: Queryable,
  organizationId: string,
  { actor, action, subjectId }: AuditEntry,
): Promise<boolean> {
  const row = await db
    .selectFrom("audit_log")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("action", "=", action)
    .where("actor_id", "=", actor.kind === "nobody" ? null : actor.id)
    .where(sql<boolean>`subject_id is not distinct from ${subjectId ?? null}`)
    .where("created_at", ">", sql<Date>`now() - interval '1 hour'`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function listAuditLog(
  db: Queryable,
  organizationId: string,
  { action, limit, offset }: { action?: string | undefined; limit: number; offset: number },
) {
  const entries = db
    .selectFrom("audit_log")
    .where("organization_id", "=", organizationId)
    // `session` finds `session.started`, too.
    .$if(action !== undefined, (query) =>
      query.where((where) =>
        where.or([where("action", "=", action!), where(sql`split_part(action, '.', 1)`, "=", action!)]),
      ),
    );
  const rows = await entries
    .select(["id", "created_at", "actor_kind", "actor_id", "actor_name", "address", "action"])
    .select(["subject_id", "detail"])
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  const { total } = await entries
    .select((select) => select.fn.countAll<string>().as("total"))
    .executeTakeFirstOrThrow();
  return { rows, total: Number(total) };
}

export async function deleteOldAuditEntries(db: Queryable): Promise<void> {
  await sql`delete from audit_log where created_at < now() - make_interval(days => ${KEPT_DAYS})`.execute(db);
}
