import type { Queryable } from "../db/database.ts";
import { isUuid } from "../ids.ts";
import { findTrunk, type SealedTrunk } from "./trunk-keeping-store.ts";

export async function trunkExists(db: Queryable, organizationId: string, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const row = await db
    .selectFrom("sip_trunks")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

export interface NumberWithTrunk {
  number: { id: string; phoneNumber: string; name: string | null };
  /** null: the number has none, or it is switched off */
  trunk: SealedTrunk | null;
}

/**
 * The number that a call goes out by. Without an id: any active one that has a trunk, those whose trunk answers first,
 * then the oldest, so that it is always the same as long as nothing changes.
 */
export async function findNumberWithTrunk(
  db: Queryable,
  organizationId: string,
  numberId: string | undefined,
): Promise<NumberWithTrunk | undefined> {
  let query = db
    .selectFrom("numbers")
    .leftJoin("sip_trunks", (join) =>
      join.onRef("sip_trunks.id", "=", "numbers.transfer_trunk_id").on("sip_trunks.is_active", "=", true),
    )
    .select(["numbers.id", "numbers.phone_number", "numbers.name", "sip_trunks.id as trunk_id"])
    .where("numbers.organization_id", "=", organizationId);
  query =
    numberId === undefined
      ? query
          .where("numbers.is_active", "=", true)
          .where("sip_trunks.id", "is not", null)
          .orderBy((order) => order("sip_trunks.reachability", "=", "down"))
          .orderBy("numbers.created_at")
          .orderBy("numbers.id")
      : query.where("numbers.id", "=", numberId);
  const row = await query.limit(1).executeTakeFirst();
  if (!row) return undefined;
  const trunk = row.trunk_id === null ? undefined : await findTrunk(db, row.trunk_id);
  return {
    number: { id: row.id, phoneNumber: row.phone_number, name: row.name },
    trunk: trunk ?? null,
  };
}
