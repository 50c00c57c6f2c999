import { z } from "zod";

const id = z.uuid();
const instant = z.iso.datetime();

const organizationFields = {
  id,
  name: z.string(),
  minutes_balance: z.number().meta({ description: "1,000,000,000 where it is unlimited." }),
  minutes_unlimited: z.boolean().meta({ description: "An addition of Switchhook's." }),
  monthly_usage_minutes: z.number(),
  active_numbers: z.int(),
  active_agents: z.int(),
  active_calls: z.int(),
  has_local_models_access: z.boolean(),
  parent_org_id: id.nullable(),
  content_retention_days: z
    .int()
    .nullable()
    .meta({ description: "An addition of Switchhook's. Null: kept for good." }),
  metadata_retention_days: z.int().nullable(),
};

export const organizationShape = z
  .object({
    ...organizationFields,
    children: z.array(z.object({ id, name: z.string(), created_at: instant })).optional(),
  })
  .meta({ id: "Organization" });

export const organizationCreatedShape = z
  .object({ id, name: z.string(), parent_org_id: id.nullable(), api_key: z.string(), created_at: instant })
  .meta({ id: "OrganizationCreated", description: "The key is shown this once." });

export const retentionShape = z
  .object({
    name: z.string().optional().meta({ description: "Where the name alone was changed." }),
    content_retention_days: z.int().nullable(),
    metadata_retention_days: z.int().nullable(),
  })
  .meta({ id: "Retention" });

const apiKeyFields = {
  id,
  name: z.string(),
  prefix: z.string().nullable(),
  created_at: instant,
  last_used_at: instant.nullable(),
  expires_at: instant.nullable(),
  revoked_at: instant.nullable(),
};
export const apiKeyShape = z.object(apiKeyFields).meta({ id: "ApiKey" });
export const apiKeyCreatedShape = z
  .object({ ...apiKeyFields, key: z.string() })
  .meta({ id: "ApiKeyCreated", description: "The key is shown this once." });
