import { timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import { hashApiKey } from "../crypto.ts";
import type { Queryable } from "../db/database.ts";
import type { ApiKeyCheck } from "../http/auth.ts";
import { newId } from "../ids.ts";
import { apiKeyPrefix } from "./api-key.ts";

export interface ApiKeyRecord {
  id: string;
  name: string;
  /** null: a key of an earlier version that has not been used since */
  prefix: string | null;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
}

const COLUMNS = [
  "id",
  "name",
  "prefix",
  "created_at",
  "last_used_at",
  "expires_at",
  "revoked_at",
] as const satisfies readonly (keyof ApiKeyRecord)[];

/**
 * Finds a key by its beginning, and compares the hash of the whole in constant time: neither the index nor the
 * comparison tells how much of a guess was right beyond the part that is no secret.
 */
export async function checkApiKey(db: Queryable, apiKey: string): Promise<ApiKeyCheck> {
  const hash = hashApiKey(apiKey);
  const prefix = apiKeyPrefix(apiKey);
  const rows = await db
    .selectFrom("api_keys")
    .select(["id", "organization_id", "key_hash", "prefix", "revoked_at"])
    .select(sql<boolean>`coalesce(expires_at <= now(), false)`.as("is_expired"))
    .where((where) =>
      where.or([
        where("prefix", "=", prefix),
        where.and([where("prefix", "is", null), where("key_hash", "=", hash)]),
      ]),
    )
    .execute();
  const key = rows.find((row) => timingSafeEqual(row.key_hash, hash));
  if (!key) return { outcome: "unknown" };
  if (key.prefix === null) {
    await db.updateTable("api_keys").set({ prefix }).where("id", "=", key.id).execute();
  }
  if (key.revoked_at) return { outcome: "revoked" };
  if (key.is_expired) return { outcome: "expired" };
  return { outcome: "known", apiKeyId: key.id, organizationId: key.organization_id };
}

/** To the minute: the last use is for people who wonder whether a key can go. */
export async function touchApiKey(db: Queryable, id: string): Promise<void> {
  await db
    .updateTable("api_keys")
    .set({ last_used_at: sql<Date>`date_trunc('minute', now())` })
    .where("id", "=", id)
    .where((where) =>
      where.or([
        where("last_used_at", "is", null),
        where("last_used_at", "<", sql<Date>`date_trunc('minute', now())`),
      ]),
    )
    .execute();
}

export async function insertApiKey(
  db: Queryable,
  key: { organizationId: string; apiKey: string; name: string; expiresAt?: Date | null },
): Promise<ApiKeyRecord | undefined> {
  return db
    .insertInto("api_keys")
    .values({
      id: newId(),
      organization_id: key.organizationId,
      name: key.name,
      key_hash: hashApiKey(key.apiKey),
      prefix: apiKeyPrefix(key.apiKey),
      expires_at: key.expiresAt ?? null,
    })
    .onConflict((conflict) => conflict.column("key_hash").doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
}

export function listApiKeys(db: Queryable, organizationId: string): Promise<ApiKeyRecord[]> {
  return db
    .selectFrom("api_keys")
    .select(COLUMNS)
    .where("organization_id", "=", organizationId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export function renameApiKey(
  db: Queryable,
  organizationId: string,
  id: string,
  name: string,
): Promise<ApiKeyRecord | undefined> {
  return db
    .updateTable("api_keys")
    .set({ name })
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Revokes a key, unless it is the last good one: then nobody could reach the organization any more. */
export async function revokeApiKey(
  db: Queryable,
  organizationId: string,
  id: string,
): Promise<"revoked" | "not-found" | "last"> {
  // Two keys revoked by each other in the same moment would leave none.
  await sql`select 1 from organizations where id = ${organizationId} for update`.execute(db);
  const keys = await listApiKeys(db, organizationId);
  const key = keys.find((each) => each.id === id);
  if (!key) return "not-found";
  if (key.revoked_at) return "revoked";
  const isGood = (each: ApiKeyRecord) =>
    !each.revoked_at && (!each.expires_at || each.expires_at > new Date());
  if (!keys.some((each) => each.id !== id && isGood(each))) return "last";
  await db
    .updateTable("api_keys")
    .set({ revoked_at: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
  return "revoked";
}
