import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Role } from "../http/auth.ts";
import { newId } from "../ids.ts";

export interface User {
  id: string;
  email: string;
  name: string | null;
  passwordHash: string | null;
  /** sealed; null: no second factor */
  totpSecret: Buffer | null;
  totpPendingSecret: Buffer | null;
  totpLastStep: number | null;
  createdAt: Date;
  lastSignedInAt: Date | null;
}

export interface Membership {
  organizationId: string;
  organizationName: string;
  role: Role;
}

export function findUser(db: Queryable, id: string): Promise<User | undefined> {
  return findBy(db, "id", id);
}

/** @param email  folded */
export function findUserByEmail(db: Queryable, email: string): Promise<User | undefined> {
  return findBy(db, "email", email);
}

async function findBy(db: Queryable, column: "id" | "email", value: string): Promise<User | undefined> {
  const row = await db.selectFrom("users").selectAll().where(column, "=", value).executeTakeFirst();
  return (
    row && {
      id: row.id,
      email: row.email,
      name: row.name,
      passwordHash: row.password_hash,
      totpSecret: row.totp_secret,
      totpPendingSecret: row.totp_pending_secret,
      totpLastStep: row.totp_last_step === null ? null : Number(row.totp_last_step),
      createdAt: row.created_at,
      lastSignedInAt: row.last_signed_in_at,
    }
  );
}

/** @returns the id; undefined: somebody has this address */
export async function insertUser(
  db: Queryable,
  user: { email: string; name: string | null; passwordHash: string | null },
): Promise<string | undefined> {
  const row = await db
    .insertInto("users")
    .values({ id: newId(), email: user.email, name: user.name, password_hash: user.passwordHash })
    .onConflict((conflict) => conflict.column("email").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function setPasswordHash(db: Queryable, userId: string, passwordHash: string): Promise<void> {
  await db.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", userId).execute();
}

export async function noteSignIn(db: Queryable, userId: string, now: Date): Promise<void> {
  await db.updateTable("users").set({ last_signed_in_at: now }).where("id", "=", userId).execute();
}

/** The organizations of somebody, the oldest membership first. */
export async function listMemberships(db: Queryable, userId: string): Promise<Membership[]> {
  const rows = await db
    .selectFrom("memberships as m")
    .innerJoin("organizations as o", "o.id", "m.organization_id")
    .select(["m.organization_id", "m.role", "o.name"])
    .where("m.user_id", "=", userId)
    .orderBy("m.created_at")
    .orderBy("m.organization_id")
    .execute();
  return rows.map((row) => ({
    organizationId: row.organization_id,
    organizationName: row.name,
    role: row.role,
  }));
}

export async function insertMembership(
  db: Queryable,
  membership: { userId: string; organizationId: string; role: Role },
): Promise<"added" | "is-member"> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("memberships")
    .values({
      user_id: membership.userId,
      organization_id: membership.organizationId,
      role: membership.role,
    })
    .onConflict((conflict) => conflict.columns(["organization_id", "user_id"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? "added" : "is-member";
}

export async function setUserName(db: Queryable, userId: string, name: string | null): Promise<void> {
  await db.updateTable("users").set({ name }).where("id", "=", userId).execute();
}

/** Everybody, or one, as they are shown: with the organizations that they are members of. */
export function listUsers(db: Queryable, id?: string) {
  return db
    .selectFrom("users as u")
    .select(["u.id", "u.email", "u.name", "u.created_at", "u.last_signed_in_at"])
    .select(sql<boolean>`u.totp_secret is not null`.as("has_totp"))
    .select(
      sql<{ id: string; name: string; role: Role }[]>`coalesce((
        select json_agg(json_build_object('id', o.id, 'name', o.name, 'role', m.role) order by m.created_at)
        from memberships m join organizations o on o.id = m.organization_id where m.user_id = u.id
      ), '[]')`.as("organizations"),
    )
    .$if(id !== undefined, (query) => query.where("u.id", "=", id!))
    .orderBy("u.created_at")
    .orderBy("u.id")
    .execute();
}

export async function countUsers(db: Queryable): Promise<number> {
  const { count } = await db
    .selectFrom("users")
    .select((select) => select.fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}
