import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";

export type LeadStatus = "pending" | "calling" | "completed" | "failed" | "skipped";

export interface LeadRecord {
  id: string;
  campaign_id: string;
  phone_number: string;
  variables: Record<string, string>;
  status: LeadStatus;
  call_id: string | null;
  attempts: number;
  last_attempt_at: Date | null;
  created_at: Date;
}

export interface NewLead {
  phone_number: string;
  variables: Record<string, string>;
}

/** So many leads go into one statement; PostgreSQL takes 65,535 parameters. */
const PORTION = 5_000;

/** In the order they were given: ids of the same millisecond keep it, and lists are sorted by them. */
export async function insertLeads(
  db: Queryable,
  campaignId: string,
  leads: readonly NewLead[],
): Promise<LeadRecord[]> {
  const made: LeadRecord[] = [];
  for (let from = 0; from < leads.length; from += PORTION) {
    const rows = await db
      .insertInto("campaign_leads")
      .values(
        leads.slice(from, from + PORTION).map((lead) => ({
          id: newId(),
          campaign_id: campaignId,
          phone_number: lead.phone_number,
          variables: JSON.stringify(lead.variables),
        })),
      )
      .returningAll()
      .execute();
    made.push(...(rows as LeadRecord[]));
  }
  return made;
}

/** Oldest first, all of them (facts 7.2). */
export async function listLeads(db: Queryable, campaignId: string): Promise<LeadRecord[]> {
  const rows = await db
    .selectFrom("campaign_leads")
    .selectAll()
    .where("campaign_id", "=", campaignId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows as LeadRecord[];
}

/** @returns undefined: no such lead; `calling`: it is being called, and stays */
export async function removeLead(
  db: Queryable,
  campaignId: string,
  leadId: string,
): Promise<"removed" | "calling" | undefined> {
  const { numDeletedRows } = await db
    .deleteFrom("campaign_leads")
    .where("campaign_id", "=", campaignId)
    .where("id", "=", leadId)
    .where("status", "!=", "calling")
    .executeTakeFirst();
  if (numDeletedRows > 0n) return "removed";
  const lead = await db
    .selectFrom("campaign_leads")
    .select("id")
    .where("campaign_id", "=", campaignId)
    .where("id", "=", leadId)
    .executeTakeFirst();
  return lead && "calling";
}

export interface LeadCounts {
  total: number;
  completed: number;
  failed: number;
  calling: number;
}

/** By campaign; one that has no leads is not in it. */
export async function countLeads(
  db: Queryable,
  campaignIds: readonly string[],
): Promise<Map<string, LeadCounts>> {
  if (campaignIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("campaign_leads")
    .select("campaign_id")
    .select([
      sql<number>`count(*)::int`.as("total"),
      sql<number>`count(*) filter (where status = 'completed')::int`.as("completed"),
      sql<number>`count(*) filter (where status = 'failed')::int`.as("failed"),
      sql<number>`count(*) filter (where status = 'calling')::int`.as("calling"),
    ])
    .where("campaign_id", "in", campaignIds)
    .groupBy("campaign_id")
    .execute();
  return new Map(rows.map(({ campaign_id, ...counts }) => [campaign_id, counts]));
}
