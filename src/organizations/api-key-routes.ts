import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newApiKey } from "../crypto.ts";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { insertApiKey, listApiKeys, renameApiKey, revokeApiKey } from "./api-key-store.ts";
import { isSelfOrChild } from "./organization-store.ts";

const keyName = z.string().max(255).regex(/\S/, "must not be empty");
/** whose keys: the organization's own when it is not named, or a child's */
const organization = { organization_id: z.string().optional() };

export const apiKeyListQuery = z.strictObject(organization);
export const apiKeyCreateBody = z.strictObject({
  name: keyName,
  expires_at: z.iso
    .datetime({ offset: true, error: "must be a time such as 2027-01-31T00:00:00Z" })
    .nullish(),
  ...organization,
});
export const apiKeyUpdateBody = z.strictObject({ name: keyName });

/**
 * `/api-keys`, an extension of ours: the product has its keys in the dashboard only. A key is shown once, in the answer
 * that made it. A parent manages its children's keys by their `organization_id`: it may have lost the one that came
 * when the child was made.
 */
export function apiKeyRoutes(
  server: FastifyInstance,
  options: { db: Database; now: () => Date; onRevoked: () => void },
): void {
  const { db } = options;

  async function owner(ownId: string, named: string | undefined): Promise<string> {
    if (named === undefined || named === ownId) return ownId;
    if (!isUuid(named) || !(await isSelfOrChild(db, ownId, named)))
      throw new ApiError("organization_not_found");
    return named;
  }

  server.get("/api-keys", async (request) => {
    const query = parseBody(apiKeyListQuery, request.query);
    const organizationId = await owner(request.organizationId, query.organization_id);
    return { api_keys: await listApiKeys(db, organizationId) };
  });

  server.post("/api-keys", async (request, reply) => {
    const body = parseBody(apiKeyCreateBody, request.body);
    const organizationId = await owner(request.organizationId, body.organization_id);
    const expiresAt = body.expires_at ? new Date(body.expires_at) : null;
    if (expiresAt && expiresAt <= options.now()) throw validationError(["expires_at: must be in the future"]);
    const apiKey = newApiKey();
    const record = await db.transaction().execute(async (tx) => {
      const inserted = (await insertApiKey(tx, { organizationId, apiKey, name: body.name, expiresAt }))!;
      await request.audit(tx, { subjectId: inserted.id });
      return inserted;
    });
    return reply.code(201).send({ api_key: { ...record, key: apiKey } });
  });

  server.patch<{ Params: { id: string } }>("/api-keys/:id", async (request) => {
    const { name } = parseBody(apiKeyUpdateBody, request.body);
    const { id } = request.params;
    const record = isUuid(id) ? await renameApiKey(db, request.organizationId, id, name) : undefined;
    if (!record) throw new ApiError("api_key_not_found");
    return { api_key: record };
  });

  server.delete<{ Params: { id: string } }>("/api-keys/:id", async (request) => {
    const query = parseBody(apiKeyListQuery, request.query);
    const organizationId = await owner(request.organizationId, query.organization_id);
    const { id } = request.params;
    if (!isUuid(id)) throw new ApiError("api_key_not_found");
    const result = await db.transaction().execute(async (tx) => {
      const outcome = await revokeApiKey(tx, organizationId, id);
      if (outcome === "revoked") await request.audit(tx);
      return outcome;
    });
    switch (result) {
      case "not-found":
        throw new ApiError("api_key_not_found");
      case "last":
        throw new ApiError("last_api_key", { message: "Make another key before you revoke this one" });
      case "revoked":
        options.onRevoked();
        return { success: true };
    }
  });
}
