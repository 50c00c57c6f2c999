import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rewrapSecrets, SEALED_COLUMNS } from "../../src/db/sealed-columns.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { createOrganization } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** bytea, and nothing secret in it. */
const NOT_SEALED: Record<string, string> = {
  "api_keys.key_hash": "a hash",
  "sessions.token_hash": "a hash",
  "recovery_codes.code_hash": "a hash",
  "one_time_links.token_hash": "a hash",
  "idempotent_requests.fingerprint": "a hash",
  "webhook_events.body": "what was sent, as it was sent",
  "webhook_attempts.response_body": "what was answered",
};

test("every column of bytes is sealed, or has its reason not to be", async () => {
  const { rows } = await sql<{ name: string }>`
    select c.relname || '.' || a.attname as name from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and a.atttypid = 'bytea'::regtype and not a.attisdropped
  `.execute(database.db);
  const known = [...SEALED_COLUMNS.map((column) => column.join(".")), ...Object.keys(NOT_SEALED)];
  expect(rows.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
});

test("all are put under the new key, or none; again it finds nothing to do", async () => {
  const { db } = database;
  const [old, now, other] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;
  const before = createSecretBox(old);
  const ids = [];
  for (const name of ["a", "b", "c"]) ids.push(await createOrganization(db, before, `fl_${name}_0123456789`));
  const secrets = async (box = before) => {
    const rows = await db.selectFrom("organizations").select("webhook_secret").orderBy("id").execute();
    return rows.map((row) => box.open(row.webhook_secret));
  };
  const plain = await secrets();

  // One that none of the keys fits: nothing at all is changed.
  const broken = createSecretBox(other).seal("x");
  await db
    .insertInto("sip_trunks")
    .values({
      id: ids[0]!,
      organization_id: ids[0]!,
      name: "x",
      provider: "x",
      address: "x",
      transport: "udp",
      auth_username: null,
      auth_password: broken,
    })
    .execute();
  await expect(rewrapSecrets(db, createSecretBox(now, [old]))).rejects.toThrow("not among those given");
  expect(await secrets()).toEqual(plain);

  expect(await rewrapSecrets(db, createSecretBox(now, [old, other]))).toBe(4);
  expect(await secrets(createSecretBox(now))).toEqual(plain);
  expect(await rewrapSecrets(db, createSecretBox(now))).toBe(0);
});
