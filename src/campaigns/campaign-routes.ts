import type { FastifyInstance } from "fastify";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { createResourceStore } from "../db/resource-store.ts";
import type { Tables } from "../db/tables.ts";
import { ApiError } from "../errors.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { isE164 } from "../numbers/e164.ts";
import { isTimeZone } from "./calling-hours.ts";
import { countLeads, insertLeads, listLeads, removeLead, type LeadCounts } from "./campaign-store.ts";

const MAX_LEADS_AT_ONCE = 10_000;
const MAX_VARIABLES = 100;

const name = z.string().max(255).regex(/\S/, "must not be empty");
const template = z.string().max(100_000).nullish();
/** `09:00` is taken too, and comes back as `09:00:00`. */
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, "must be a time of day such as 09:00:00")
  .transform((text) => (text.length === 5 ? `${text}:00` : text));
const timezone = z.string().refine(isTimeZone, "must be the name of a time zone, such as Europe/Amsterdam");
export const leadBody = z.object({
  phone_number: z.string().refine(isE164, "must be in E.164: + and 7 to 15 digits, such as +31850835037"),
  variables: z
    .record(z.string().max(100), z.string().max(10_000))
    .refine(
      (variables) => Object.keys(variables).length <= MAX_VARIABLES,
      `must have at most ${MAX_VARIABLES} entries`,
    )
    .nullish(),
});
/** `completed` is the platform's to set (facts 7.1). */
const settableStatus = z.enum(["draft", "scheduled", "paused", "cancelled"]);

export const campaignCreateBody = z.object({
  name,
  agent_id: z.string().optional(),
  // The guides' word for the same (facts 2.0).
  assistant_id: z.string().optional(),
  schedule_start_time: time,
  schedule_end_time: time,
  timezone,
  system_message_template: template,
  leads: z.array(leadBody).max(MAX_LEADS_AT_ONCE).nullish(),
});
export const campaignUpdateBody = z.object({
  name: name.optional(),
  status: settableStatus.optional(),
  system_message_template: template,
  schedule_start_time: time.optional(),
  schedule_end_time: time.optional(),
  timezone: timezone.optional(),
});

type Row = Selectable<Tables["campaigns"]>;
type ById = { Params: { id: string } };

/** `/campaigns` and their leads (facts 7). */
export function campaignRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    assistantExists: (organizationId: string, id: string) => Promise<boolean>;
  },
): void {
  const { db } = options;
  const store = createResourceStore("campaigns");

  async function find(organizationId: string, id: string): Promise<Row> {
    const row = await store.find(db, organizationId, id);
    if (!row) throw new ApiError("campaign_not_found");
    return row;
  }

  async function wrapped(row: Row) {
    const counts = await countLeads(db, [row.id]);
    return { campaign: toWire(row, counts.get(row.id)) };
  }

  server.get("/campaigns", async (request) => {
    const rows = await store.list(db, request.organizationId);
    const counts = await countLeads(
      db,
      rows.map(({ id }) => id),
    );
    return { campaigns: rows.map((row) => toWire(row, counts.get(row.id))) };
  });

  server.post("/campaigns", async (request, reply) => {
    const { organizationId } = request;
    const { agent_id, assistant_id, leads, ...fields } = parseBody(campaignCreateBody, request.body);
    const [field, assistantId] =
      agent_id === undefined ? ["assistant_id", assistant_id] : ["agent_id", agent_id];
    if (assistantId === undefined) throw validationError(["agent_id: is required"]);
    if (!isUuid(assistantId) || !(await options.assistantExists(organizationId, assistantId))) {
      throw validationError([`${field}: there is no assistant with this id`]);
    }
    const row = await db.transaction().execute(async (tx) => {
      const campaign = await store.insert(tx, organizationId, {
        ...fields,
        assistant_id: assistantId,
        system_message_template: fields.system_message_template ?? null,
      });
      await insertLeads(tx, campaign.id, (leads ?? []).map(toLead));
      return campaign;
    });
    return reply.code(201).send(await wrapped(row));
  });

  server.get<ById>("/campaigns/:id", async (request) =>
    wrapped(await find(request.organizationId, request.params.id)),
  );

  server.patch<ById>("/campaigns/:id", async (request) => {
    const { organizationId, params } = request;
    const changes = parseBody(campaignUpdateBody, request.body);
    const row = await find(organizationId, params.id);
    if (row.status === "completed") {
      throw new ApiError("campaign_completed", { message: "A completed campaign can no longer be changed" });
    }
    if (changes.status === "scheduled" && row.assistant_id === null) {
      throw validationError(["status: cannot be scheduled, because the campaign's assistant was deleted"]);
    }
    const changed = await store.update(db, organizationId, params.id, changes);
    if (!changed) throw new ApiError("campaign_not_found");
    return wrapped(changed);
  });

  server.delete<ById>("/campaigns/:id", async (request) => {
    const { organizationId, params } = request;
    const { id } = await find(organizationId, params.id);
    if (((await countLeads(db, [id])).get(id)?.calling ?? 0) > 0) {
      throw new ApiError("lead_in_call", {
        message: "Somebody of this campaign is being called; pause it first",
      });
    }
    await store.remove(db, organizationId, id);
    return { success: true };
  });

  server.get<ById>("/campaigns/:id/leads", async (request) => {
    const { id } = await find(request.organizationId, request.params.id);
    return { leads: await listLeads(db, id) };
  });

  server.post<ById>("/campaigns/:id/leads", async (request, reply) => {
    const lead = parseBody(leadBody, request.body);
    const { id, status } = await find(request.organizationId, request.params.id);
    if (status === "completed") {
      throw new ApiError("campaign_completed", { message: "A completed campaign can no longer be changed" });
    }
    const [made] = await insertLeads(db, id, [toLead(lead)]);
    return reply.code(201).send({ lead: made });
  });

  server.delete<{ Params: { id: string; leadId: string } }>(
    "/campaigns/:id/leads/:leadId",
    async (request) => {
      const { id } = await find(request.organizationId, request.params.id);
      const { leadId } = request.params;
      const result = isUuid(leadId) ? await removeLead(db, id, leadId) : undefined;
      if (!result) throw new ApiError("lead_not_found");
      if (result === "calling") {
        throw new ApiError("lead_in_call", { message: "This lead is being called and cannot be removed" });
      }
      return { success: true };
    },
  );
}

function toLead({ phone_number, variables }: z.output<typeof leadBody>) {
  return { phone_number, variables: variables ?? {} };
}

function toWire(row: Row, counts: LeadCounts | undefined) {
  return {
    id: row.id,
    name: row.name,
    agent_id: row.assistant_id,
    status: row.status,
    system_message_template: row.system_message_template,
    schedule_start_time: row.schedule_start_time,
    schedule_end_time: row.schedule_end_time,
    timezone: row.timezone,
    total_leads: counts?.total ?? 0,
    completed_leads: counts?.completed ?? 0,
    failed_leads: counts?.failed ?? 0,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
