import { sql } from "kysely";
import { newId } from "../ids.ts";
import type { PreviousSecrets } from "./previous-secrets.ts";

export const previousSecrets: PreviousSecrets = {
  async keep(tx, { organizationId, owner }, sealed, overlapSeconds) {
    await tx
      .insertInto("webhook_previous_secrets")
      .values({
        id: newId(),
        organization_id: organizationId,
        owner,
        secret: sealed,
        expires_at: sql<Date>`now() + ${overlapSeconds} * interval '1 second'`,
      })
      .execute();
  },

  async drop(tx, { organizationId, owner }) {
    await tx
      .deleteFrom("webhook_previous_secrets")
      .where("organization_id", "=", organizationId)
      .where("owner", "=", owner)
      .execute();
  },

  find: (db, { organizationId, owner }) =>
    db
      .selectFrom("webhook_previous_secrets")
      .select(["secret", "expires_at"])
      .where("organization_id", "=", organizationId)
      .where("owner", "=", owner)
      .where("expires_at", ">", sql<Date>`now()`)
      .orderBy("created_at", "desc")
      .execute(),
};
