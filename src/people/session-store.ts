import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import { hashToken, IDLE_MS, LONGEST_MS, newToken } from "./session.ts";
import type { Membership } from "./user-store.ts";

export interface Session {
  id: string;
  userId: string;
  email: string;
  /** the one that was looked at last */
  organizationId: string | null;
  /** of the person, the oldest first */
  memberships: Pick<Membership, "organizationId" | "role">[];
  lastSeenAt: Date;
  expiresAt: Date;
}

/** @returns the token, which is nowhere but in the browser from now on */
export async function insertSession(
  db: Queryable,
  session: {
    userId: string;
    organizationId: string | null;
    address: string;
    userAgent: string | undefined;
    now: Date;
  },
): Promise<{ id: string; token: string }> {
  const id = newId();
  const token = newToken();
  await db
    .insertInto("sessions")
    .values({
      id,
      user_id: session.userId,
      token_hash: hashToken(token),
      organization_id: session.organizationId,
      created_at: session.now,
      last_seen_at: session.now,
      expires_at: new Date(session.now.getTime() + LONGEST_MS),
      address: session.address,
      user_agent: session.userAgent?.slice(0, 300) ?? null,
    })
    .execute();
  return { id, token };
}

/** All that is asked of a request with a cookie, in one query: each of them waits for it. */
export async function findSession(db: Queryable, token: string): Promise<Session | undefined> {
  const row = await db
    .selectFrom("sessions as s")
    .innerJoin("users as u", "u.id", "s.user_id")
    .select(["s.id", "s.user_id", "u.email", "s.organization_id", "s.last_seen_at", "s.expires_at"])
    .select(
      sql<Session["memberships"]>`coalesce((
        select json_agg(
          json_build_object('organizationId', m.organization_id, 'role', m.role) order by m.created_at, m.organization_id
        )
        from memberships m where m.user_id = s.user_id
      ), '[]')`.as("memberships"),
    )
    .where("s.token_hash", "=", hashToken(token))
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      userId: row.user_id,
      email: row.email,
      organizationId: row.organization_id,
      memberships: row.memberships,
      lastSeenAt: row.last_seen_at,
      expiresAt: row.expires_at,
    }
  );
}

export async function noteSessionUse(db: Queryable, id: string, now: Date): Promise<void> {
  await db.updateTable("sessions").set({ last_seen_at: now }).where("id", "=", id).execute();
}

export async function chooseOrganization(db: Queryable, id: string, organizationId: string): Promise<void> {
  await db.updateTable("sessions").set({ organization_id: organizationId }).where("id", "=", id).execute();
}

/** Somebody's sessions that are not over, the latest used first. */
export function listSessions(db: Queryable, userId: string, now: Date) {
  return db
    .selectFrom("sessions")
    .select(["id", "created_at", "last_seen_at", "expires_at", "address", "user_agent"])
    .where("user_id", "=", userId)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", new Date(now.getTime() - IDLE_MS))
    .orderBy("last_seen_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

/** @returns false: it is not there, or somebody else's */
export async function deleteSession(db: Queryable, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("sessions")
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function deleteSessionByToken(db: Queryable, token: string): Promise<void> {
  await db.deleteFrom("sessions").where("token_hash", "=", hashToken(token)).execute();
}

/** Ends all of somebody's sessions, but one. */
export async function deleteOtherSessions(db: Queryable, userId: string, keptId?: string): Promise<void> {
  await db
    .deleteFrom("sessions")
    .where("user_id", "=", userId)
    .$if(keptId !== undefined, (query) => query.where("id", "!=", keptId!))
    .execute();
}

export async function deleteOverSessions(db: Queryable, now: Date): Promise<void> {
  await db
    .deleteFrom("sessions")
    .where((where) =>
      where.or([
        where("expires_at", "<=", now),
        where("last_seen_at", "<=", new Date(now.getTime() - IDLE_MS)),
      ]),
    )
    .execute();
}
