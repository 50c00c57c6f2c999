import { z } from "zod";
import { campaignCreateBody, campaignUpdateBody, leadBody } from "../campaigns/campaign-routes.ts";
import { usageQuery } from "../usage/usage-routes.ts";
import type { Operation } from "./operation.ts";
import { deleted, resourceOperations, wrapped } from "./resource-operations.ts";
import { paginationShape } from "./shapes.ts";

const id = z.uuid();
const instant = z.iso.datetime();
const time = z.string().regex(/^\d\d:\d\d:\d\d$/);

const campaignShape = z
  .object({
    id,
    name: z.string(),
    agent_id: id.nullable(),
    status: z.enum(["draft", "scheduled", "paused", "completed", "cancelled"]),
    system_message_template: z.string().nullable(),
    schedule_start_time: time,
    schedule_end_time: time,
    timezone: z.string(),
    total_leads: z.int(),
    completed_leads: z.int(),
    failed_leads: z.int(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "Campaign" });

const leadShape = z
  .object({
    id,
    campaign_id: id,
    phone_number: z.string(),
    variables: z.record(z.string(), z.string()),
    status: z.enum(["pending", "calling", "completed", "failed", "skipped"]),
    call_id: id.nullable(),
    attempts: z.int(),
    last_attempt_at: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: "CampaignLead" });

const usageLogShape = z
  .object({
    id,
    duration_sec: z.int(),
    call_type: z.enum(["phone", "web"]),
    phone_number: z.string().nullable(),
    agent_name: z.string().nullable(),
    business_name: z.string().nullable(),
    created_at: instant,
  })
  .meta({ id: "UsageLog" });

const leads = { tag: "Campaigns" } as const;

export const campaignOperations: Operation[] = [
  ...resourceOperations({
    path: "/campaigns",
    tag: "Campaigns",
    name: "campaign",
    plural: "campaigns",
    shape: campaignShape,
    create: campaignCreateBody,
    update: campaignUpdateBody,
    notFound: "campaign_not_found",
    updateErrors: ["campaign_completed"],
    deleteErrors: ["lead_in_call"],
  }),
  {
    ...leads,
    method: "get",
    path: "/campaigns/{id}/leads",
    summary: "All leads of a campaign, the oldest first",
    errors: ["campaign_not_found"],
    answers: wrapped("leads", z.array(leadShape)),
  },
  {
    ...leads,
    method: "post",
    path: "/campaigns/{id}/leads",
    summary: "Add a lead",
    body: leadBody,
    errors: ["campaign_not_found", "campaign_completed"],
    answers: wrapped("lead", leadShape, 201),
  },
  {
    ...leads,
    method: "delete",
    path: "/campaigns/{id}/leads/{leadId}",
    summary: "Remove a lead that is not being called",
    errors: ["campaign_not_found", "lead_not_found", "lead_in_call"],
    answers: deleted,
  },
  {
    tag: "Usage",
    method: "get",
    path: "/usage",
    summary: "What was talked, the latest first, with a summary of the whole period",
    query: usageQuery,
    answers: {
      200: {
        description: "A page",
        schema: z.object({
          logs: z.array(usageLogShape),
          pagination: paginationShape,
          summary: z.object({
            total_calls: z.int(),
            total_duration_seconds: z.int(),
            total_duration_minutes: z.number(),
          }),
        }),
      },
    },
  },
];
