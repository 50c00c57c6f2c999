import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody, validationError } from "../http/validation.ts";
import type { SecretBox } from "../secret-box.ts";
import { BYOK_PROVIDERS } from "./byok-provider.ts";
import { listByok, mergeByokConfig, putByokKey, removeByokKey } from "./byok-store.ts";

const MAX_CONFIG_BYTES = 16_384;

const provider = z.enum(BYOK_PROVIDERS);
export const byokKeyBody = z.object({
  provider,
  // A Vertex key is a whole service account in JSON.
  api_key: z.string().max(16_384).regex(/\S/, "must not be empty"),
});
export const byokProviderBody = z.object({ provider });
export const byokConfigBody = z.object({ provider, config: z.record(z.string(), z.unknown()) });

/** `/byok` (facts 10.1): the organization's own keys. They go in and never come out; their ids say that they are there. */
export function byokRoutes(server: FastifyInstance, options: { db: Database; secretBox: SecretBox }): void {
  const { db } = options;

  async function keys(organizationId: string) {
    const records = await listByok(db, organizationId);
    const idOf = new Map(records.map((record) => [record.provider, record.id]));
    return Object.fromEntries(BYOK_PROVIDERS.map((name) => [`${name}_secret_id`, idOf.get(name) ?? null]));
  }

  server.get("/byok", async (request) => ({ byok_keys: await keys(request.organizationId) }));

  server.post("/byok", async (request) => {
    const { organizationId } = request;
    const body = parseBody(byokKeyBody, request.body);
    await putByokKey(db, organizationId, body.provider, options.secretBox.seal(body.api_key.trim()));
    return { success: true, byok_keys: await keys(organizationId) };
  });

  server.delete("/byok", async (request) => {
    const { organizationId } = request;
    const body = parseBody(byokProviderBody, request.body);
    if (!(await removeByokKey(db, organizationId, body.provider))) {
      throw new ApiError("byok_key_not_found", { message: `There is no key for ${body.provider}` });
    }
    return { success: true, byok_keys: await keys(organizationId) };
  });

  server.post("/byok/config", async (request) => {
    const { organizationId } = request;
    const body = parseBody(byokConfigBody, request.body);
    if (Buffer.byteLength(JSON.stringify(body.config)) > MAX_CONFIG_BYTES) {
      throw validationError([`config: must have at most ${MAX_CONFIG_BYTES} bytes as JSON`]);
    }
    if (!(await mergeByokConfig(db, organizationId, body.provider, body.config))) {
      throw new ApiError("byok_key_missing", { message: `Set a key for ${body.provider} first: POST /byok` });
    }
    const records = await listByok(db, organizationId);
    return { byok_config: Object.fromEntries(records.map((record) => [record.provider, record.config])) };
  });
}
