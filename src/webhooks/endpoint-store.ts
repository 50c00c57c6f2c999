import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import { newHealth, type EndpointHealth } from "./endpoint-health.ts";

/** An endpoint as the delivery loop knows it. */
export interface Endpoint {
  id: string;
  organizationId: string;
  url: string;
  isDisabled: boolean;
  health: EndpointHealth;
}

export async function findEndpoints(db: Queryable, ids: readonly string[]): Promise<Endpoint[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom("webhook_endpoints").selectAll().where("id", "in", ids).execute();
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    url: row.url,
    isDisabled: row.disabled_at !== null,
    health: {
      ...newHealth(),
      breaker: row.breaker,
      openUntil: row.breaker_until ?? undefined,
      opens: row.breaker_opens,
      consecutiveFailures: row.consecutive_failures,
      failingSince: row.failing_since ?? undefined,
    },
  }));
}

/**
 * The endpoints that have something pending, and in how many milliseconds the first of it is due. One step through the
 * index for each endpoint, however long their backlogs are (a loose scan; `distinct` would read all of it).
 */
export async function findWaitingEndpoints(db: Database): Promise<{ endpointId: string; dueInMs: number }[]> {
  const { rows } = await sql<{ endpoint_id: string; due_in_ms: number }>`
    with recursive waiting as (
      (select endpoint_id from webhook_deliveries where state = 'pending' order by endpoint_id limit 1)
      union all
      select (
        select d.endpoint_id from webhook_deliveries d
        where d.state = 'pending' and d.endpoint_id > w.endpoint_id order by d.endpoint_id limit 1
      )
      from waiting w where w.endpoint_id is not null
    )
    select w.endpoint_id, extract(epoch from least(
      (select d.run_at from webhook_deliveries d
        where d.state = 'pending' and d.endpoint_id = w.endpoint_id and not d.is_retry order by d.run_at limit 1),
      (select d.run_at from webhook_deliveries d
        where d.state = 'pending' and d.endpoint_id = w.endpoint_id and d.is_retry order by d.run_at limit 1)
    ) - now())::double precision * 1000 as due_in_ms
    from waiting w where w.endpoint_id is not null
  `.execute(db);
  return rows.flatMap((row) =>
    // null: what was pending a moment ago has been claimed since.
    row.due_in_ms === null ? [] : [{ endpointId: row.endpoint_id, dueInMs: row.due_in_ms }],
  );
}

/** Writes the health of a receiver to all endpoints that share it. */
export async function saveHealth(
  db: Queryable,
  receiver: { organizationId: string; url: string },
  health: EndpointHealth,
): Promise<void> {
  await db
    .updateTable("webhook_endpoints")
    .set({
      breaker: health.breaker,
      breaker_until: health.openUntil ?? null,
      breaker_opens: health.opens,
      consecutive_failures: health.consecutiveFailures,
      failing_since: health.failingSince ?? null,
    })
    .where("organization_id", "=", receiver.organizationId)
    .where("url", "=", receiver.url)
    .execute();
}

/**
 * Stops sending to a receiver. What was pending is cancelled with the reason, and can be replayed; what comes later is
 * recorded as not sent. In one transaction with the operational event that tells of it.
 */
export async function disableReceiver(
  db: Database,
  receiver: { organizationId: string; url: string },
  reason: string,
): Promise<void> {
  const { organizationId, url } = receiver;
  await db.transaction().execute(async (tx) => {
    const disabled = await tx
      .updateTable("webhook_endpoints")
      .set({ disabled_at: sql<Date>`now()`, disabled_reason: reason })
      .where("organization_id", "=", organizationId)
      .where("url", "=", url)
      .where("disabled_at", "is", null)
      .returning("id")
      .execute();
    if (disabled.length === 0) return;
    const ids = disabled.map(({ id }) => id);
    await tx
      .updateTable("webhook_deliveries")
      .set({ state: "cancelled", reason, finished_at: sql<Date>`now()` })
      .where("endpoint_id", "in", ids)
      .where("state", "in", ["pending", "waiting"])
      .execute();
    await tx
      .insertInto("operational_events")
      .values({
        id: newId(),
        organization_id: organizationId,
        type: "webhook-endpoint-disabled",
        detail: JSON.stringify({ endpoint_ids: ids, url, reason }),
      })
      .execute();
  });
}
