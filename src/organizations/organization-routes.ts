import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newApiKey, newWebhookSecret } from "../crypto.ts";
import { type SecretBox } from "../secret-box.ts";
import type { Database, Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { numberFrom } from "../http/fields.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid, newId } from "../ids.ts";
import { insertApiKey } from "./api-key-store.ts";
import { setMinutesBalance } from "./minutes-store.ts";
import {
  findOperatorOrganization,
  listChildren,
  viewOrganization,
  type OrganizationView,
} from "./organization-view-store.ts";

/**
 * What an unlimited balance is on the wire: the contract has a number here, and clients compare it with one. Null, the
 * honest word, would be less than ten.
 */
export const UNLIMITED_MINUTES = 1_000_000_000;

const CONTENT_DAYS = [30, 90, 180, 365] as const;
const METADATA_DAYS = [30, 90, 180, 365, 730] as const;

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true");
export const organizationQuery = z.object({ include_children: flag });
const nameField = z.string().max(255).regex(/\S/, "must not be empty");
export const organizationCreateBody = z.object({
  name: nameField,
  parent_org_id: z.string().nullish(),
});
const retention = {
  content_retention_days: z.literal(CONTENT_DAYS),
  metadata_retention_days: z.literal(METADATA_DAYS),
};
const retentionBody = z.object({ ...retention, name: nameField.optional() });
const renameBody = z.object({ name: nameField });
/** The contract asks for both periods; the name, alone or beside them, is an addition of ours. */
export const organizationChangeBody = z.union([retentionBody, renameBody]);
export const minutesBody = z.strictObject({ minutes_balance: numberFrom(0, UNLIMITED_MINUTES).nullable() });

export interface OrganizationRoutesOptions {
  db: Database;
  secretBox: SecretBox;
  /** Makes somebody the owner of an organization that has no members yet. */
  addOwner: (tx: Queryable, ownership: { organizationId: string; userId: string }) => Promise<void>;
}

/** `/organizations` and its deprecated name `/account` (facts 2.11). Not wrapped, unlike other resources. */
export function organizationRoutes(server: FastifyInstance, options: OrganizationRoutesOptions): void {
  const { db, secretBox } = options;

  server.get("/organizations", async (request) => {
    const query = parseBody(organizationQuery, request.query);
    const view = await viewOrganization(db, request.organizationId);
    if (!query.include_children) return toWire(view);
    return { ...toWire(view), children: await listChildren(db, view.id) };
  });

  server.get("/account", async (request, reply) => {
    void reply.header("Deprecation", "true");
    return toWire(await viewOrganization(db, request.organizationId));
  });

  server.post("/organizations", async (request, reply) => {
    const { organizationId } = request;
    const { name, parent_org_id: parentId } = parseBody(organizationCreateBody, request.body);
    const own = await viewOrganization(db, organizationId);
    // A child that could make organizations of its own could talk on minutes that nobody pays.
    if (own.parentId) {
      throw new ApiError("forbidden", { message: "A child organization cannot create organizations" });
    }
    if (parentId && parentId !== organizationId) {
      throw new ApiError("forbidden", { message: "parent_org_id: must be the organization of the API key" });
    }
    if (!parentId && organizationId !== (await findOperatorOrganization(db))) {
      throw new ApiError("forbidden", {
        message:
          "Only the installation's first organization creates others beside itself; give parent_org_id",
      });
    }
    const created = await db.transaction().execute(async (tx) => {
      const made = await createOrganization(tx, secretBox, name, parentId || null);
      // Without it they could not open what they have made: its key, shown once, would be the only way in.
      if (request.person) {
        await options.addOwner(tx, { organizationId: made.id, userId: request.person.userId });
      }
      await request.audit(tx, { subjectId: made.id });
      return made;
    });
    return reply.code(201).send(created);
  });

  server.patch("/organizations", async (request) => {
    if (isRename(request.body)) {
      const { name } = parseBody(renameBody, request.body);
      return db
        .updateTable("organizations")
        .set({ name })
        .where("id", "=", request.organizationId)
        .returning(["name", "content_retention_days", "metadata_retention_days"])
        .executeTakeFirstOrThrow();
    }
    const { name, ...body } = parseBody(retentionBody, request.body);
    if (body.content_retention_days > body.metadata_retention_days) {
      throw validationError([
        "content_retention_days: must not be more than metadata_retention_days, because transcripts often repeat the number",
      ]);
    }
    return db
      .updateTable("organizations")
      .set({ ...body, ...(name !== undefined && { name }) })
      .where("id", "=", request.organizationId)
      .returning(["content_retention_days", "metadata_retention_days"])
      .executeTakeFirstOrThrow();
  });

  // An extension: the product's balance is topped up by card in its dashboard. Here the operator sets it.
  server.patch<{ Params: { id: string } }>("/organizations/:id/minutes", async (request) => {
    const { minutes_balance: minutes } = parseBody(minutesBody, request.body);
    const { id } = request.params;
    if (request.organizationId !== (await findOperatorOrganization(db))) {
      throw new ApiError("forbidden", {
        message: "Only the installation's first organization sets balances",
      });
    }
    if (!isUuid(id) || !(await setMinutesBalance(db, id, minutes))) {
      throw new ApiError("organization_not_found", {
        message:
          "There is no organization with this id that pays for itself; a child draws on its parent's balance",
      });
    }
    return toWire(await viewOrganization(db, id));
  });
}

/** A refusal is to name what is missing of the one that was meant, not of both. */
function isRename(body: unknown): boolean {
  return (
    typeof body === "object" &&
    body !== null &&
    "name" in body &&
    !("content_retention_days" in body || "metadata_retention_days" in body)
  );
}

async function createOrganization(
  tx: Queryable,
  secretBox: SecretBox,
  name: string,
  parentId: string | null,
) {
  const apiKey = newApiKey();
  const { id, created_at } = await tx
    .insertInto("organizations")
    .values({
      id: newId(),
      name,
      parent_id: parentId,
      webhook_secret: secretBox.seal(newWebhookSecret()),
    })
    .returning(["id", "created_at"])
    .executeTakeFirstOrThrow();
  await insertApiKey(tx, { organizationId: id, apiKey, name: "first key" });
  return { id, name, parent_org_id: parentId, api_key: apiKey, created_at };
}

function toWire(view: OrganizationView) {
  return {
    id: view.id,
    name: view.name,
    minutes_balance: view.minutesBalance ?? UNLIMITED_MINUTES,
    // Ours: whether that figure is one.
    minutes_unlimited: view.minutesBalance === null,
    monthly_usage_minutes: view.monthlyUsageMinutes,
    active_numbers: view.activeNumbers,
    active_agents: view.activeAssistants,
    active_calls: view.activeCalls,
    // The voices of this machine need no key.
    has_local_models_access: true,
    parent_org_id: view.parentId,
    content_retention_days: view.contentRetentionDays,
    metadata_retention_days: view.metadataRetentionDays,
  };
}
