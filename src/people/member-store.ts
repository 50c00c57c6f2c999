import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Role } from "../http/auth.ts";

const COLUMNS = [
  "u.id",
  "u.email",
  "u.name",
  "m.role",
  sql<boolean>`u.totp_secret is not null`.as("has_totp"),
  "m.created_at",
  "u.last_signed_in_at",
] as const;

function membersOf(db: Queryable, organizationId: string) {
  return db
    .selectFrom("memberships as m")
    .innerJoin("users as u", "u.id", "m.user_id")
    .select(COLUMNS)
    .where("m.organization_id", "=", organizationId);
}

/** The people of an organization, as they are shown. */
export function listMembers(db: Queryable, organizationId: string) {
  return membersOf(db, organizationId).orderBy("m.created_at").orderBy("u.id").execute();
}

export function findMember(db: Queryable, organizationId: string, userId: string) {
  return membersOf(db, organizationId).where("u.id", "=", userId).executeTakeFirst();
}

export async function isMember(db: Queryable, organizationId: string, email: string): Promise<boolean> {
  return (await membersOf(db, organizationId).where("u.email", "=", email).executeTakeFirst()) !== undefined;
}

type Change = "done" | "not-found" | "last-owner";

/** @param role  null: a member no more. The last owner stays one: nobody could make another */
export async function changeMember(
  tx: Queryable,
  organizationId: string,
  userId: string,
  role: Role | null,
): Promise<Change> {
  // Two owners who remove each other in the same moment would leave none.
  await sql`select 1 from organizations where id = ${organizationId} for update`.execute(tx);
  const members = await tx
    .selectFrom("memberships")
    .select(["user_id", "role"])
    .where("organization_id", "=", organizationId)
    .execute();
  const member = members.find((each) => each.user_id === userId);
  if (!member) return "not-found";
  const isLastOwner = member.role === "owner" && members.filter((each) => each.role === "owner").length === 1;
  if (isLastOwner && role !== "owner") return "last-owner";
  const whose = { organization_id: organizationId, user_id: userId };
  if (role === null) {
    await tx
      .deleteFrom("memberships")
      .where((where) => where.and(whose))
      .execute();
  } else {
    await tx
      .updateTable("memberships")
      .set({ role })
      .where((where) => where.and(whose))
      .execute();
  }
  return "done";
}
