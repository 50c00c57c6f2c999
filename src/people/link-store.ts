import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import type { Role } from "../http/auth.ts";
import { newId } from "../ids.ts";
import { LINK_LIFE_MS, type LinkPurpose, type OneTimeLink } from "./link.ts";
import { hashToken, newToken } from "./session.ts";
import { countUsers } from "./user-store.ts";

export interface NewLink {
  purpose: LinkPurpose;
  organizationId?: string;
  role?: Role;
  email?: string;
  userId?: string;
  createdBy?: string;
}

/** @returns with the token, which is kept nowhere */
export async function insertLink(
  db: Queryable,
  link: NewLink,
  now: Date,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const id = newId();
  const token = newToken();
  const expiresAt = new Date(now.getTime() + LINK_LIFE_MS[link.purpose]);
  await db
    .insertInto("one_time_links")
    .values({
      id,
      token_hash: hashToken(token),
      purpose: link.purpose,
      organization_id: link.organizationId ?? null,
      role: link.role ?? null,
      email: link.email ?? null,
      user_id: link.userId ?? null,
      created_by: link.createdBy ?? null,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  return { id, token, expiresAt };
}

export async function findLink(db: Queryable, token: string): Promise<OneTimeLink | undefined> {
  const row = await db
    .selectFrom("one_time_links")
    .selectAll()
    .where("token_hash", "=", hashToken(token))
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      purpose: row.purpose,
      organizationId: row.organization_id,
      role: row.role,
      email: row.email,
      userId: row.user_id,
      createdBy: row.created_by,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      usedAt: row.used_at,
    }
  );
}

/** @returns false: somebody else has, in this very moment */
export async function useLink(db: Queryable, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("one_time_links")
    .set({ used_at: now })
    .where("id", "=", id)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The invitations that nobody has taken yet, and still may. */
export function listInvitations(db: Queryable, organizationId: string, now: Date) {
  return db
    .selectFrom("one_time_links")
    .select(["id", "email", "role", "created_by", "created_at", "expires_at"])
    .where("organization_id", "=", organizationId)
    .where("purpose", "=", "invitation")
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** @returns false: there is none, or it has been taken */
export async function deleteInvitation(db: Queryable, organizationId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("one_time_links")
    .where("organization_id", "=", organizationId)
    .where("purpose", "=", "invitation")
    .where("used_at", "is", null)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Links of this kind that are still out: a newer one takes their place. */
export async function deleteUnusedLinks(
  db: Queryable,
  link: Pick<NewLink, "purpose" | "userId" | "organizationId" | "email">,
): Promise<void> {
  const isSame = (column: "user_id" | "organization_id" | "email", value: string | undefined) =>
    sql<boolean>`${sql.ref(column)} is not distinct from ${value ?? null}`;
  await db
    .deleteFrom("one_time_links")
    .where("purpose", "=", link.purpose)
    .where("used_at", "is", null)
    .where(isSame("user_id", link.userId))
    .where(isSame("organization_id", link.organizationId))
    .where(isSame("email", link.email))
    .execute();
}

export async function deleteOldLinks(db: Queryable, now: Date): Promise<void> {
  const aMonthAgo = new Date(now.getTime() - 30 * 24 * 3_600_000);
  await db.deleteFrom("one_time_links").where("expires_at", "<", aMonthAgo).execute();
}

/** A link for the first visitor, instead of those before. @returns undefined: somebody is there already */
export function makeWelcomeLink(
  db: Database,
  now: Date,
): Promise<{ token: string; expiresAt: Date } | undefined> {
  return db.transaction().execute(async (tx) => {
    if ((await countUsers(tx)) > 0) return undefined;
    await deleteUnusedLinks(tx, { purpose: "welcome" });
    return insertLink(tx, { purpose: "welcome" }, now);
  });
}
