import type { Queryable } from "../db/database.ts";

/** The organizations that do not keep their calls forever, and how long they keep them. */
export async function listRetentionPeriods(db: Queryable) {
  const rows = await db
    .selectFrom("organizations")
    .select(["id", "content_retention_days", "metadata_retention_days"])
    .where((where) =>
      where.or([
        where("content_retention_days", "is not", null),
        where("metadata_retention_days", "is not", null),
      ]),
    )
    .execute();
  return rows.map((row) => ({
    organizationId: row.id,
    contentDays: row.content_retention_days,
    metadataDays: row.metadata_retention_days,
  }));
}
