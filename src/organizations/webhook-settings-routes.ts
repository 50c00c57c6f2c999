import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newWebhookSecret } from "../crypto.ts";
import { type SecretBox } from "../secret-box.ts";
import type { Database } from "../db/database.ts";
import { urlField } from "../http/fields.ts";
import { parseBody } from "../http/validation.ts";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";
import { rotationBody, webhookSecretField, type PreviousSecrets } from "../webhooks/previous-secrets.ts";
import { getAccountWebhook, updateAccountWebhook } from "./organization-store.ts";

export function webhookSettingsBody(refuseUrl: (url: string) => string | undefined) {
  return z.strictObject({
    url: urlField(refuseUrl).nullish(),
    fallback_url: urlField(refuseUrl).nullish(),
    secret: webhookSecretField.nullish(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).nullish(),
  });
}

/**
 * `GET` and `PATCH /settings/webhook`: the account webhook, an extension of ours (the product has it in its dashboard
 * only). `secret: null` makes a new one: an account always has one. Nobody needs to be told of a change: what is sent
 * to the account's URL reads the secret anew at each attempt. Unknown fields are refused, because no contract of
 * others says that they are ignored, and a mistyped `url` must not look as if it had been set.
 */
export function webhookSettingsRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    secretBox: SecretBox;
    refuseUrl: (url: string) => string | undefined;
    previousSecrets: PreviousSecrets;
  },
): void {
  const { db, secretBox, previousSecrets } = options;
  const changes = webhookSettingsBody(options.refuseUrl);

  async function read(organizationId: string) {
    const { url, fallbackUrl, secrets, events } = await getAccountWebhook(db, organizationId);
    const previous = await previousSecrets.find(db, { organizationId, owner: "" });
    return {
      webhook: {
        url,
        fallback_url: fallbackUrl ?? null,
        secret: secretBox.open(secrets[0]!),
        events,
        previous_secrets: previous.map(({ expires_at }) => ({ expires_at })),
      },
    };
  }

  server.get("/settings/webhook", (request) => read(request.organizationId));

  server.patch("/settings/webhook", async (request) => {
    const { organizationId } = request;
    const { url, fallback_url: fallbackUrl, secret, events } = parseBody(changes, request.body);
    await db.transaction().execute(async (tx) => {
      if (secret !== undefined) await previousSecrets.drop(tx, { organizationId, owner: "" });
      await updateAccountWebhook(tx, organizationId, {
        ...(url !== undefined && { url }),
        ...(fallbackUrl !== undefined && { fallbackUrl }),
        ...(secret !== undefined && { secret: secretBox.seal(secret ?? newWebhookSecret()) }),
        ...(events !== undefined && { events }),
      });
      await request.audit(tx);
    });
    return read(organizationId);
  });

  server.post("/settings/webhook/rotate-secret", async (request) => {
    const { organizationId } = request;
    const body = parseBody(rotationBody, request.body);
    const secret = secretBox.seal(body.secret ?? newWebhookSecret());
    await db.transaction().execute(async (tx) => {
      const { secrets } = await getAccountWebhook(tx, organizationId);
      const owner = { organizationId, owner: "" };
      if (body.overlap_seconds === 0) await previousSecrets.drop(tx, owner);
      else await previousSecrets.keep(tx, owner, secrets[0]!, body.overlap_seconds);
      await updateAccountWebhook(tx, organizationId, { secret });
      await request.audit(tx);
    });
    return read(organizationId);
  });
}
