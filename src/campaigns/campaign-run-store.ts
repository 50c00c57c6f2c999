import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import type { CallingHours } from "./calling-hours.ts";

export interface ScheduledCampaign {
  id: string;
  organizationId: string;
  assistantId: string;
  template: string | null;
  hours: CallingHours;
}

/** Those that want to call, whether it is their time or not. */
export async function listScheduled(db: Database): Promise<ScheduledCampaign[]> {
  const rows = await db
    .selectFrom("campaigns")
    .selectAll()
    .where("status", "=", "scheduled")
    .where("assistant_id", "is not", null)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    assistantId: row.assistant_id!,
    template: row.system_message_template,
    hours: { start: row.schedule_start_time, end: row.schedule_end_time, timezone: row.timezone },
  }));
}

export interface ClaimedLead {
  id: string;
  phoneNumber: string;
  variables: Record<string, string>;
}

/**
 * Takes the oldest waiting lead, unless so many are being called already or the campaign was stopped in this moment. The
 * campaign's row is locked: two processes do not count the same place as free.
 */
export async function claimLead(
  db: Database,
  campaignId: string,
  mostAtOnce: number,
): Promise<ClaimedLead | undefined> {
  return db.transaction().execute(async (tx) => {
    const campaign = await tx
      .selectFrom("campaigns")
      .select("id")
      .where("id", "=", campaignId)
      .where("status", "=", "scheduled")
      .forUpdate()
      .executeTakeFirst();
    if (!campaign) return undefined;
    const { calling } = await tx
      .selectFrom("campaign_leads")
      .select(sql<number>`count(*)::int`.as("calling"))
      .where("campaign_id", "=", campaignId)
      .where("status", "=", "calling")
      .executeTakeFirstOrThrow();
    if (calling >= mostAtOnce) return undefined;
    const lead = await tx
      .updateTable("campaign_leads")
      .set({
        status: "calling",
        attempts: sql<number>`attempts + 1`,
        last_attempt_at: sql<Date>`now()`,
        call_id: null,
      })
      .where(
        "id",
        "=",
        tx
          .selectFrom("campaign_leads")
          .select("id")
          .where("campaign_id", "=", campaignId)
          .where("status", "=", "pending")
          .orderBy("created_at")
          .orderBy("id")
          .limit(1),
      )
      .returning(["id", "phone_number", "variables"])
      .executeTakeFirst();
    if (!lead) return undefined;
    return {
      id: lead.id,
      phoneNumber: lead.phone_number,
      variables: lead.variables as Record<string, string>,
    };
  });
}

export async function setLeadCall(db: Database, leadId: string, callId: string): Promise<void> {
  await db.updateTable("campaign_leads").set({ call_id: callId }).where("id", "=", leadId).execute();
}

/** It was not called after all. */
export async function putLeadBack(db: Database, leadId: string): Promise<void> {
  await db
    .updateTable("campaign_leads")
    .set({ status: "pending", attempts: sql<number>`greatest(0, attempts - 1)` })
    .where("id", "=", leadId)
    .where("status", "=", "calling")
    .execute();
}

/**
 * Writes what has come of calls, whichever process carried them: talked to is completed, anything else failed. A lead
 * that was taken by a process that died before it had placed the call waits again. Campaigns that have nobody left to
 * call are completed.
 */
export async function settleLeads(db: Database): Promise<void> {
  await sql`
    update campaign_leads as lead
    set status = case when calls.started_at is null then 'failed' else 'completed' end
    from calls
    where lead.status = 'calling' and calls.id = lead.call_id and calls.ended_at is not null
  `.execute(db);
  await sql`
    update campaign_leads set status = 'pending', attempts = greatest(0, attempts - 1)
    where status = 'calling' and call_id is null and last_attempt_at < now() - interval '2 minutes'
  `.execute(db);
  await sql`
    update campaigns set status = 'completed', updated_at = now()
    where status = 'scheduled'
      and exists (select 1 from campaign_leads where campaign_id = campaigns.id)
      and not exists (
        select 1 from campaign_leads where campaign_id = campaigns.id and status in ('pending', 'calling')
      )
  `.execute(db);
}
