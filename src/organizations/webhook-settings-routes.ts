import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newWebhookSecret, type SecretBox } from "../crypto.ts";
import type { Database } from "../db/database.ts";
import { parseBody } from "../http/validation.ts";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";
import { getAccountWebhook, updateAccountWebhook } from "./organization-store.ts";

/**
 * `GET` and `PATCH /settings/webhook`: the account webhook, an extension of ours (the product has it in its dashboard
 * only). `secret: null` makes a new one: an account always has one.
 */
export function webhookSettingsRoutes(
  server: FastifyInstance,
  options: { db: Database; secretBox: SecretBox; refuseUrl: (url: string) => string | undefined },
): void {
  const { db, secretBox } = options;
  const changes = z.strictObject({
    url: z
      .string()
      .max(2_048)
      .superRefine((url, context) => {
        const reason = options.refuseUrl(url);
        if (reason) context.addIssue({ code: "custom", message: reason });
      })
      .nullable()
      .optional(),
    secret: z.string().min(8).max(512).nullable().optional(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).nullable().optional(),
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
