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
