import { sql } from "kysely";
import type { FastifyInstance } from "fastify";
import { assistantRoutes, type AssistantRoutesOptions } from "./assistants/assistant-routes.ts";
import { findAssistant } from "./assistants/assistant-store.ts";
import { callRoutes } from "./calls/call-routes.ts";
import type { Clock } from "./clock.ts";
import { requireApiKey } from "./http/auth.ts";
import { healthRoutes } from "./http/health-routes.ts";
import { createHttpServer } from "./http/server.ts";
import type { Logger } from "./logger.ts";
import { numberRoutes } from "./numbers/number-routes.ts";
import { findOrganizationByApiKey } from "./organizations/organization-store.ts";
import { webhookSettingsRoutes } from "./organizations/webhook-settings-routes.ts";
import { replaceAssistantSecret } from "./webhooks/outbox-store.ts";

export interface ApiOptions extends Omit<AssistantRoutesOptions, "onSecretChanged"> {
  clock: Clock;
  logger: Logger;
  version: string;
}

/** The REST API, every route of it, not listening yet: app.ts's HTTP half, apart so that it can be tested without telephony. */
export async function buildApi(options: ApiOptions): Promise<FastifyInstance> {
  const { db, clock } = options;
  const server = createHttpServer({ logger: options.logger });
  await server.register(
    async (api) => {
      healthRoutes(api, {
        version: options.version,
        now: () => clock.now(),
        pingDatabase: async () => {
          const startedMs = clock.monotonicMs();
          await sql`select 1`.execute(db);
          return clock.monotonicMs() - startedMs;
        },
      });
      await api.register((behindKey, _options, done) => {
        requireApiKey(behindKey, (apiKey) => findOrganizationByApiKey(db, apiKey));
        webhookSettingsRoutes(behindKey, options);
        assistantRoutes(behindKey, { ...options, onSecretChanged: replaceAssistantSecret });
        numberRoutes(behindKey, {
          db,
          assistantExists: async (organizationId, id) =>
            (await findAssistant(db, organizationId, id)) !== undefined,
        });
        callRoutes(behindKey, { db });
        done();
      });
    },
    { prefix: "/api/v1" },
  );
  return server;
}
