import type { FastifyInstance } from "fastify";
import { newWebhookSecret } from "../crypto.ts";
import { type SecretBox } from "../secret-box.ts";
import type { Database, Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { rotationBody, type PreviousSecrets } from "../webhooks/previous-secrets.ts";
import { lockAssistant, updateAssistant } from "./assistant-store.ts";

/** `POST /assistants/{id}/webhook/rotate-secret`: an extension of ours. */
export function assistantSecretRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    secretBox: SecretBox;
    previousSecrets: PreviousSecrets;
    /** what is still to be delivered is signed with the new secret as well */
    onSecretChanged: (
      tx: Queryable,
      change: { organizationId: string; assistantId: string; sealedSecret: Buffer | null },
    ) => Promise<void>;
  },
): void {
  const { db, secretBox, previousSecrets } = options;

  server.post<{ Params: { id: string } }>("/assistants/:id/webhook/rotate-secret", async (request) => {
    const { organizationId } = request;
    const { id: assistantId } = request.params;
    const body = parseBody(rotationBody, request.body);
    const sealedSecret = secretBox.seal(body.secret ?? newWebhookSecret());
    const owner = { organizationId, owner: assistantId };
    const { configuration } = await db.transaction().execute(async (tx) => {
      const saved = isUuid(assistantId) ? await lockAssistant(tx, organizationId, assistantId) : undefined;
      if (!saved) throw new ApiError("assistant_not_found");
      if (saved.webhookSecret && body.overlap_seconds > 0) {
        await previousSecrets.keep(tx, owner, saved.webhookSecret, body.overlap_seconds);
      } else {
        await previousSecrets.drop(tx, owner);
      }
      await options.onSecretChanged(tx, { organizationId, assistantId, sealedSecret });
      await request.audit(tx);
      return updateAssistant(tx, assistantId, { ...saved, webhookSecret: sealedSecret });
    });
    const previous = await previousSecrets.find(db, owner);
    return {
      webhook: {
        url: configuration.webhook_url ?? null,
        secret: secretBox.open(sealedSecret),
        events: configuration.webhook_events ?? null,
        previous_secrets: previous.map(({ expires_at }) => ({ expires_at })),
      },
    };
  });
}
