import type { Queryable } from "../db/database.ts";

/** @returns false: this step, or a later one, has been used; two requests with one code in one moment get one true */
export async function useTotpStep(db: Queryable, userId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("users")
    .set({ totp_last_step: step })
    .where("id", "=", userId)
    .where((where) =>
      where.or([where("totp_last_step", "is", null), where("totp_last_step", "<", String(step))]),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns false: there is none such, or it has been used */
export async function useRecoveryCode(
  db: Queryable,
  userId: string,
  codeHash: Buffer,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("recovery_codes")
    .set({ used_at: now })
    .where("user_id", "=", userId)
    .where("code_hash", "=", codeHash)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function countRecoveryCodes(db: Queryable, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom("recovery_codes")
    .select((select) => select.fn.countAll<string>().as("count"))
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function replaceRecoveryCodes(
  db: Queryable,
  userId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await db.deleteFrom("recovery_codes").where("user_id", "=", userId).execute();
  if (hashes.length === 0) return;
  await db
    .insertInto("recovery_codes")
    .values(hashes.map((code_hash) => ({ user_id: userId, code_hash })))
    .execute();
}

/** A secret that the person has not proved yet to have in an app; the one in force stays until then. */
export async function setPendingTotp(db: Queryable, userId: string, sealed: Buffer): Promise<void> {
  await db.updateTable("users").set({ totp_pending_secret: sealed }).where("id", "=", userId).execute();
}

export async function setTotp(
  db: Queryable,
  userId: string,
  sealed: Buffer,
  lastStep: number,
): Promise<void> {
  await db
    .updateTable("users")
    .set({ totp_secret: sealed, totp_pending_secret: null, totp_last_step: lastStep })
    .where("id", "=", userId)
    .execute();
}

/** No second factor any more, and none that is being set up; the recovery codes go with it. */
export async function removeTotp(tx: Queryable, userId: string): Promise<void> {
  await tx
    .updateTable("users")
    .set({ totp_secret: null, totp_pending_secret: null, totp_last_step: null })
    .where("id", "=", userId)
    .execute();
  await replaceRecoveryCodes(tx, userId, []);
}
