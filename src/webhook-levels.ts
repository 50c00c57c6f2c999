import { findAssistant } from "./assistants/assistant-store.ts";
import { createCallWebhooks, type CallWebhooks } from "./calls/call-webhooks.ts";
import type { Database } from "./db/database.ts";
import { getAccountWebhook } from "./organizations/organization-store.ts";
import { previousSecrets } from "./webhooks/previous-secret-store.ts";

/** Where calls' webhooks go: joined for calls (call-side.ts), and for trying a tool without one (api.ts). */
export function joinCallWebhooks(db: Database): CallWebhooks {
  return createCallWebhooks({
    getAccountWebhook: (organizationId, tx) => getAccountWebhook(tx ?? db, organizationId),
    getAssistantSecrets: async (organizationId, assistantId, tx) => {
      const [assistant, previous] = await Promise.all([
        findAssistant(tx ?? db, organizationId, assistantId),
        previousSecrets.find(tx ?? db, { organizationId, owner: assistantId }),
      ]);
      if (!assistant?.webhookSecret) return [];
      return [assistant.webhookSecret, ...previous.map(({ secret }) => secret)];
    },
  });
}
