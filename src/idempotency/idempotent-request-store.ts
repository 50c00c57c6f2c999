import { timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../db/database.ts";

export interface IdempotentRequest {
  organizationId: string;
  key: string;
  fingerprint: Buffer;
}

export type Begin =
  /** nobody has carried it out: it is ours now */
  | { outcome: "begun" }
  | { outcome: "answered"; status: number; answer: Buffer }
  | { outcome: "in-progress" }
  /** the key belongs to another request */
  | { outcome: "reused" };

/** How long an answer is kept, and a key is taken. */
const KEPT = sql`interval '24 hours'`;

/**
 * Takes the key for this request, or says what has become of it. One statement decides, so that of two equal requests
 * in the same moment exactly one is carried out.
 *
 * @param lockMs  for so long the request counts as being carried out; longer than any handler takes
 */
export async function beginRequest(db: Database, request: IdempotentRequest, lockMs: number): Promise<Begin> {
  const { organizationId, key, fingerprint } = request;
  const { rows } = await sql`
    insert into idempotent_requests as r (organization_id, key, fingerprint, locked_until)
    values (${organizationId}, ${key}, ${fingerprint}, now() + ${lockMs} * interval '1 millisecond')
    on conflict (organization_id, key) do update set
      fingerprint = excluded.fingerprint, locked_until = excluded.locked_until,
      status = null, answer = null, created_at = now()
    where r.created_at < now() - ${KEPT}
      or (r.status is null and r.locked_until < now() and r.fingerprint = excluded.fingerprint)
    returning 1
  `.execute(db);
  if (rows.length > 0) return { outcome: "begun" };
  const known = await db
    .selectFrom("idempotent_requests")
    .select(["fingerprint", "status", "answer"])
    .where("organization_id", "=", organizationId)
    .where("key", "=", key)
    .executeTakeFirst();
  // Given back between the two statements: whoever asks again gets it.
  if (!known) return { outcome: "in-progress" };
  if (!timingSafeEqual(known.fingerprint, fingerprint)) return { outcome: "reused" };
  if (known.status === null || known.answer === null) return { outcome: "in-progress" };
  return { outcome: "answered", status: known.status, answer: known.answer };
}

export async function keepAnswer(
  db: Database,
  { organizationId, key }: IdempotentRequest,
  status: number,
  answer: Buffer,
): Promise<void> {
  await db
    .updateTable("idempotent_requests")
    .set({ status, answer })
    .where("organization_id", "=", organizationId)
    .where("key", "=", key)
    .execute();
}

/** The request was refused and has changed nothing: the same key may be used for a better one. */
export async function giveBack(db: Database, { organizationId, key }: IdempotentRequest): Promise<void> {
  await db
    .deleteFrom("idempotent_requests")
    .where("organization_id", "=", organizationId)
    .where("key", "=", key)
    .execute();
}

export async function deleteOldRequests(db: Database): Promise<void> {
  await sql`delete from idempotent_requests where created_at < now() - ${KEPT}`.execute(db);
}
