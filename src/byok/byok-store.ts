import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { ByokProvider } from "./byok-provider.ts";

export interface ByokRecord {
  id: string;
  provider: ByokProvider;
  config: Record<string, unknown>;
}

export async function listByok(db: Queryable, organizationId: string): Promise<ByokRecord[]> {
  const rows = await db
    .selectFrom("byok_keys")
    .select(["id", "provider", "config"])
    .where("organization_id", "=", organizationId)
    .execute();
  return rows as ByokRecord[];
}

/** Sets or replaces; the id changes with the key, as a vault's would. */
export async function putByokKey(
  db: Queryable,
  organizationId: string,
  provider: ByokProvider,
  sealedKey: Buffer,
): Promise<void> {
  await db
    .insertInto("byok_keys")
    .values({ id: newId(), organization_id: organizationId, provider, api_key: sealedKey })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "provider"]).doUpdateSet({
        id: (excluded) => excluded.ref("excluded.id"),
        api_key: (excluded) => excluded.ref("excluded.api_key"),
        updated_at: sql<Date>`now()`,
      }),
    )
    .execute();
}

export async function removeByokKey(
  db: Queryable,
  organizationId: string,
  provider: ByokProvider,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("byok_keys")
    .where("organization_id", "=", organizationId)
    .where("provider", "=", provider)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Merges into what is there. One statement: two changes at once both count. @returns false: there is no key */
export async function mergeByokConfig(
  db: Queryable,
  organizationId: string,
  provider: ByokProvider,
  config: Record<string, unknown>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("byok_keys")
    .set({
      config: sql`(config::jsonb || ${JSON.stringify(config)}::jsonb)::json`,
      updated_at: sql<Date>`now()`,
    })
    .where("organization_id", "=", organizationId)
    .where("provider", "=", provider)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The sealed key of one service. */
export async function findByokKey(
  db: Queryable,
  organizationId: string,
  provider: ByokProvider,
): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("byok_keys")
    .select("api_key")
    .where("organization_id", "=", organizationId)
    .where("provider", "=", provider)
    .executeTakeFirst();
  return row?.api_key;
}
