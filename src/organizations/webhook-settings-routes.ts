import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newWebhookSecret, type SecretBox } from "../crypto.ts";
import type { Database } from "../db/database.ts";
import { urlField } from "../http/fields.ts";
import { parseBody } from "../http/validation.ts";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";
import { getAccountWebhook, updateAccountWebhook } from "./organization-store.ts";

const MIN_SECRET_LENGTH = 8;

/**
 * `GET` and `PATCH /settings/webhook`: the account webhook, an extension of ours (the product has it in its dashboard
 * only). `secret: null` makes a new one: an account always has one. Nobody needs to be told of a change: what is sent
 * to the account's URL reads the secret anew at each attempt. Unknown fields are refused, because no contract of
 * others says that they are ignored, and a mistyped `url` must not look as if it had been set.
 */
export function webhookSettingsRoutes(
  server: FastifyInstance,
  options: { db: Database; secretBox: SecretBox; refuseUrl: (url: string) => string | undefined },
): void {
  const { db, secretBox } = options;
  const changes = z.strictObject({
    url: urlField(options.refuseUrl).nullish(),
    secret: z.string().min(MIN_SECRET_LENGTH).max(512).nullish(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).nullish(),
  });

  async function read(organizationId: string) {
    const { url, secret, events } = await getAccountWebhook(db, organizationId);
    return { webhook: { url, secret: secretBox.open(secret), events } };
  }

  server.get("/settings/webhook", (request) => read(request.organizationId));
  server.patch("/settings/webhook", async (request) => {
    const { url, secret, events } = parseBody(changes, request.body);
    await updateAccountWebhook(db, request.organizationId, {
      ...(url !== undefined && { url }),
      ...(secret !== undefined && { secret: secretBox.seal(secret ?? newWebhookSecret()) }),
      ...(events !== undefined && { events }),
    });
    return read(request.organizationId);
  });
}
