import { sql, type Selectable } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import type { Tables } from "../db/tables.ts";
import { newId } from "../ids.ts";
import type { ResendDomain } from "./resend-domain.ts";

export type DomainRecord = Selectable<Tables["domains"]>;

export function findDomain(db: Queryable, organizationId: string): Promise<DomainRecord | undefined> {
  return db
    .selectFrom("domains")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .executeTakeFirst();
}

/** The domain that e-mails of an organization may come from. */
export async function findVerifiedDomain(db: Queryable, organizationId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("domains")
    .select("domain_name")
    .where("organization_id", "=", organizationId)
    .where("status", "=", "verified")
    .executeTakeFirst();
  return row?.domain_name;
}

/** @returns undefined when the organization has one already */
export function insertDomain(
  db: Queryable,
  organizationId: string,
  domain: ResendDomain,
): Promise<DomainRecord | undefined> {
  return db
    .insertInto("domains")
    .values(toRow(organizationId, domain))
    .onConflict((conflict) => conflict.column("organization_id").doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Writes what Resend says of it now. @returns undefined when it was deleted or replaced in the meantime */
export function updateDomain(
  db: Queryable,
  organizationId: string,
  domain: ResendDomain,
): Promise<DomainRecord | undefined> {
  return db
    .updateTable("domains")
    .set(toChange(domain))
    .where("organization_id", "=", organizationId)
    .where("resend_domain_id", "=", domain.id)
    .returningAll()
    .executeTakeFirst();
}

/** Makes it the organization's domain, in the place of another one. */
export function chooseDomain(
  db: Database,
  organizationId: string,
  domain: ResendDomain,
): Promise<DomainRecord> {
  return db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom("domains")
      .where("organization_id", "=", organizationId)
      .where("resend_domain_id", "!=", domain.id)
      .execute();
    return tx
      .insertInto("domains")
      .values(toRow(organizationId, domain))
      .onConflict((conflict) => conflict.column("organization_id").doUpdateSet(toChange(domain)))
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

export async function deleteDomain(db: Queryable, organizationId: string, id: string): Promise<void> {
  await db.deleteFrom("domains").where("organization_id", "=", organizationId).where("id", "=", id).execute();
}

/** Whether another organization with the same Resend account sends from it too. */
export async function isSharedDomain(
  db: Queryable,
  organizationId: string,
  resendDomainId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("domains")
    .select("id")
    .where("resend_domain_id", "=", resendDomainId)
    .where("organization_id", "!=", organizationId)
    .executeTakeFirst();
  return row !== undefined;
}

function toColumns(domain: ResendDomain) {
  return {
    domain_name: domain.name,
    resend_domain_id: domain.id,
    status: domain.status,
    region: domain.region,
    records: domain.records && JSON.stringify(domain.records),
  };
}

function toRow(organizationId: string, domain: ResendDomain) {
  return {
    ...toColumns(domain),
    id: newId(),
    organization_id: organizationId,
    verified_at: domain.status === "verified" ? sql<Date>`now()` : null,
  };
}

function toChange(domain: ResendDomain) {
  return {
    ...toColumns(domain),
    updated_at: sql<Date>`now()`,
    // The first time counts as long as it stays verified.
    verified_at: domain.status === "verified" ? sql<Date>`coalesce(domains.verified_at, now())` : null,
  };
}
