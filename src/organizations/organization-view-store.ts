import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

export interface OrganizationView {
  id: string;
  name: string;
  parentId: string | null;
  /** of the organization that pays: the parent's, where there is one; null: unlimited */
  minutesBalance: number | null;
  monthlyUsageMinutes: number;
  activeNumbers: number;
  activeAssistants: number;
  activeCalls: number;
  /** null: kept for good */
  contentRetentionDays: number | null;
  metadataRetentionDays: number | null;
}

/** What `GET /organizations` shows (facts 2.11). The month is the calendar's, in UTC. */
export async function viewOrganization(db: Queryable, id: string): Promise<OrganizationView> {
  const row = await db
    .selectFrom("organizations as own")
    .leftJoin("organizations as parent", "parent.id", "own.parent_id")
    .select(["own.id", "own.name", "own.parent_id"])
    .select(["own.content_retention_days", "own.metadata_retention_days"])
    .select(
      sql<
        number | null
      >`case when own.parent_id is null then own.minutes_balance else parent.minutes_balance end`.as(
        "minutes_balance",
      ),
    )
    .select(
      sql<number>`(
        select coalesce(sum(extract(epoch from ended_at - started_at)), 0)::float8 / 60 from calls
        where organization_id = own.id and started_at is not null
          and ended_at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'
      )`.as("monthly_usage_minutes"),
    )
    .select(
      sql<number>`(select count(*)::int from numbers where organization_id = own.id and is_active)`.as(
        "active_numbers",
      ),
    )
    .select(
      sql<number>`(
        select count(*)::int from assistants
        where organization_id = own.id and configuration->>'is_active' is distinct from 'false'
      )`.as("active_assistants"),
    )
    .select(
      // A web call that no browser has joined yet is none.
      sql<number>`(
        select count(*)::int from calls where organization_id = own.id and ended_at is null
          and (direction <> 'web' or claimed_at is not null)
      )`.as("active_calls"),
    )
    .where("own.id", "=", id)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    minutesBalance: row.minutes_balance,
    monthlyUsageMinutes: Math.round(row.monthly_usage_minutes * 100) / 100,
    activeNumbers: row.active_numbers,
    activeAssistants: row.active_assistants,
    activeCalls: row.active_calls,
    contentRetentionDays: row.content_retention_days,
    metadataRetentionDays: row.metadata_retention_days,
  };
}

export function listChildren(db: Queryable, parentId: string) {
  return db
    .selectFrom("organizations")
    .select(["id", "name", "created_at"])
    .where("parent_id", "=", parentId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** The organization of the first start, whose keys are the operator's. */
export async function findOperatorOrganization(db: Queryable): Promise<string> {
  const { id } = await db
    .selectFrom("organizations")
    .select("id")
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirstOrThrow();
  return id;
}
