import { sql } from "kysely";
import { newApiKey, newWebhookSecret } from "../crypto.ts";
import { type SecretBox } from "../secret-box.ts";
import type { Database, Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { AccountWebhook } from "../webhooks/routing.ts";
import { insertApiKey } from "./api-key-store.ts";

export type FirstOrganization =
  | { outcome: "created"; apiKey: string; wasGenerated: boolean }
  | { outcome: "exists" };

/**
 * Makes the first organization at first start, with the operator's key or a generated one. On a later start a given
 * key that is not known yet is added to the first organization: the way back in for somebody who has lost theirs.
 */
export async function ensureFirstOrganization(
  db: Database,
  secretBox: SecretBox,
  givenApiKey: string | undefined,
): Promise<FirstOrganization> {
  return db.transaction().execute(async (tx) => {
    // Two processes on one new database: the second waits here and finds the first one's organization.
    await sql`lock table organizations in share row exclusive mode`.execute(tx);
    const first = await tx
      .selectFrom("organizations")
      .select("id")
      .orderBy("created_at")
      .limit(1)
      .executeTakeFirst();
    if (first) {
      if (givenApiKey)
        await insertApiKey(tx, { organizationId: first.id, apiKey: givenApiKey, name: "SWITCHHOOK_API_KEY" });
      return { outcome: "exists" };
    }
    const id = newId();
    await tx
      .insertInto("organizations")
      .values({ id, name: "Default", webhook_secret: secretBox.seal(newWebhookSecret()) })
      .execute();
    const apiKey = givenApiKey ?? newApiKey();
    const name = givenApiKey ? "SWITCHHOOK_API_KEY" : "first key";
    await insertApiKey(tx, { organizationId: id, apiKey, name });
    return { outcome: "created", apiKey, wasGenerated: givenApiKey === undefined };
  });
}

/** The account webhook, its secrets sealed: the current one, then those that were replaced and still sign. */
export async function getAccountWebhook(db: Queryable, organizationId: string): Promise<AccountWebhook> {
  const row = await db
    .selectFrom("organizations")
    .select(["webhook_url", "webhook_secret", "webhook_events", "webhook_fallback_url"])
    // In the same statement: a caller waits for what is asked with it.
    .select(
      sql<Buffer[]>`array(
        select secret from webhook_previous_secrets
        where organization_id = organizations.id and owner = '' and expires_at > now() order by created_at desc
      )`.as("previous_secrets"),
    )
    .where("id", "=", organizationId)
    .executeTakeFirstOrThrow();
  const secrets = [row.webhook_secret, ...row.previous_secrets];
  return {
    url: row.webhook_url,
    secrets,
    events: row.webhook_events,
    fallbackUrl: row.webhook_fallback_url,
  };
}

export async function updateAccountWebhook(
  db: Queryable,
  organizationId: string,
  changes: {
    url?: string | null;
    fallbackUrl?: string | null;
    secret?: Buffer;
    events?: readonly string[] | null;
  },
): Promise<void> {
  await db
    .updateTable("organizations")
    .set({
      ...(changes.url !== undefined && { webhook_url: changes.url }),
      ...(changes.fallbackUrl !== undefined && { webhook_fallback_url: changes.fallbackUrl }),
      ...(changes.secret !== undefined && { webhook_secret: changes.secret }),
      ...(changes.events !== undefined && { webhook_events: changes.events && [...changes.events] }),
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", organizationId)
    .execute();
}

/** @returns undefined: there is no such organization */
export async function findOrganizationName(db: Queryable, id: string): Promise<string | undefined> {
  const row = await db.selectFrom("organizations").select("name").where("id", "=", id).executeTakeFirst();
  return row?.name;
}

/** Whether `id` is the organization itself or one of its children. */
export async function isSelfOrChild(db: Queryable, organizationId: string, id: string): Promise<boolean> {
  if (id === organizationId) return true;
  const child = await db
    .selectFrom("organizations")
    .select("id")
    .where("id", "=", id)
    .where("parent_id", "=", organizationId)
    .executeTakeFirst();
  return child !== undefined;
}
