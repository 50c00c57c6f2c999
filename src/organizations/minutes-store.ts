import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

/** The row of the organization that pays for this one: its parent, or itself (facts 12.5). */
const payer = (organizationId: string) =>
  sql<string>`(select coalesce(parent_id, id) from organizations where id = ${organizationId})`;

/** @returns null: unlimited */
export async function getMinutesBalance(db: Queryable, organizationId: string): Promise<number | null> {
  const row = await db
    .selectFrom("organizations")
    .select("minutes_balance")
    .where("id", "=", payer(organizationId))
    .executeTakeFirst();
  return row?.minutes_balance ?? null;
}

/**
 * Takes a call's minutes from the balance, in the transaction that ends the call: a crash takes both or neither, and
 * never twice. The balance may go below zero, because a running call is not cut off (facts 12.4).
 */
export async function takeMinutes(db: Queryable, organizationId: string, minutes: number): Promise<void> {
  await db
    .updateTable("organizations")
    .set({ minutes_balance: sql<number>`minutes_balance - ${minutes}::float8` })
    .where("id", "=", payer(organizationId))
    .where("minutes_balance", "is not", null)
    .execute();
}

/** @returns false: there is no such organization, or another one pays for it */
export async function setMinutesBalance(
  db: Queryable,
  organizationId: string,
  minutes: number | null,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("organizations")
    .set({ minutes_balance: minutes, updated_at: sql<Date>`now()` })
    .where("id", "=", organizationId)
    .where("parent_id", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
