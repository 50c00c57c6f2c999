import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

/** An endpoint as people see it. */
export interface EndpointView {
  id: string;
  level: string;
  owner: string;
  url: string;
  disabled_at: Date | null;
  disabled_reason: string | null;
  breaker: "closed" | "open" | "half-open";
  breaker_until: Date | null;
  consecutive_failures: number;
  failing_since: Date | null;
  pending: number;
  in_flight: number;
  created_at: Date;
}

const MOST_SHOWN = 1_000;

export async function listEndpointViews(db: Queryable, organizationId: string): Promise<EndpointView[]> {
  return select(db, organizationId, undefined);
}

export async function findEndpointView(
  db: Queryable,
  organizationId: string,
  id: string,
): Promise<EndpointView | undefined> {
  const [view] = await select(db, organizationId, id);
  return view;
}

async function select(
  db: Queryable,
  organizationId: string,
  id: string | undefined,
): Promise<EndpointView[]> {
  const { rows } = await sql<EndpointView>`
    select e.id, e.level, e.owner, e.url, e.disabled_at, e.disabled_reason, e.breaker, e.breaker_until,
      e.consecutive_failures, e.failing_since, e.created_at, d.pending, d.in_flight
    from webhook_endpoints e cross join lateral (
      select count(*) filter (where state <> 'in-flight')::integer as pending,
        count(*) filter (where state = 'in-flight')::integer as in_flight
      from webhook_deliveries where endpoint_id = e.id and state in ('waiting', 'pending', 'in-flight')
    ) d
    where e.organization_id = ${organizationId} and ${id === undefined ? sql`true` : sql`e.id = ${id}`}
    order by e.created_at desc limit ${MOST_SHOWN}
  `.execute(db);
  return rows;
}

/** Events are sent to it again, from a clean slate. What was cancelled stays so, and can be replayed. */
export async function enableEndpoint(db: Queryable, id: string): Promise<void> {
  await db
    .updateTable("webhook_endpoints")
    .set({
      disabled_at: null,
      disabled_reason: null,
      breaker: "closed",
      breaker_until: null,
      breaker_opens: 0,
      consecutive_failures: 0,
      failing_since: null,
    })
    .where("id", "=", id)
    .execute();
}

/** What somebody should know of and nobody calls about, the newest first. */
export async function listOperationalEvents(
  db: Queryable,
  organizationId: string,
): Promise<{ id: string; type: string; detail: object; created_at: Date }[]> {
  return db
    .selectFrom("operational_events")
    .select(["id", "type", "detail", "created_at"])
    .where("organization_id", "=", organizationId)
    .orderBy("created_at", "desc")
    .limit(MOST_SHOWN)
    .execute();
}
