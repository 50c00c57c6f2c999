import { sql } from "kysely";
import type { SecretBox } from "../secret-box.ts";
import type { Database, Queryable } from "./database.ts";

/** Every column that holds something sealed; a test finds each `bytea` column here or among those that are none. */
export const SEALED_COLUMNS: readonly (readonly [table: string, column: string])[] = [
  ["organizations", "webhook_secret"],
  ["assistants", "webhook_secret"],
  ["calls", "webhook_secret"],
  ["webhook_endpoints", "secret"],
  ["webhook_previous_secrets", "secret"],
  ["sip_trunks", "auth_password"],
  ["mcp_servers", "headers"],
  ["byok_keys", "api_key"],
  ["idempotent_requests", "answer"],
  ["users", "totp_secret"],
  ["users", "totp_pending_secret"],
];

/**
 * Puts every sealed secret under the current master key, in one transaction: all of them are, or none. May be repeated.
 *
 * @returns how many were under another key
 */
export function rewrapSecrets(db: Database, box: SecretBox): Promise<number> {
  return db.transaction().execute(async (tx) => {
    let count = 0;
    for (const [table, column] of SEALED_COLUMNS) count += await rewrapColumn(tx, box, table, column);
    return count;
  });
}

async function rewrapColumn(tx: Queryable, box: SecretBox, table: string, column: string): Promise<number> {
  const [inTable, inColumn] = [sql.table(table), sql.ref(column)];
  const { rows } = await sql<{ place: string; sealed: Buffer }>`
    select ctid::text as place, ${inColumn} as sealed from ${inTable} where ${inColumn} is not null for update
  `.execute(tx);
  let count = 0;
  for (const { place, sealed } of rows) {
    const rewrapped = box.rewrap(sealed);
    if (!rewrapped) continue;
    await sql`update ${inTable} set ${inColumn} = ${rewrapped} where ctid = ${place}::tid`.execute(tx);
    count += 1;
  }
  return count;
}
