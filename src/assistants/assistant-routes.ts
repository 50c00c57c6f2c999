import type { FastifyInstance } from "fastify";
import type { SecretBox } from "../secret-box.ts";
import type { Database, Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { maySeeSecrets } from "../people/permissions.ts";
import { assistantSchemas, crossFieldProblems, type SchemaOptions } from "./assistant-schema.ts";
import { authorOf, changeAssistant, createAssistantCheck } from "./assistant-change.ts";
import { assistantOnWire } from "./assistant-on-wire.ts";
import {
  deleteAssistant,
  findAssistant,
  insertAssistant,
  listAssistants,
  lockAssistant,
  type Assistant,
} from "./assistant-store.ts";
import type { AssistantConfiguration, ProviderConfiguration } from "./configuration.ts";
import { withToolSecretsOf } from "./tool-secrets.ts";

export interface AssistantRoutesOptions extends SchemaOptions {
  db: Database;
  secretBox: SecretBox;
  /** what an assistant gets that names no providers: what this server can run */
  defaultProviders(): Record<"llm_config" | "stt_config" | "tts_config", ProviderConfiguration>;
  /** those of the ids that are no MCP server of the organization */
  unknownMcpServers(organizationId: string, ids: readonly string[]): Promise<string[]>;
  /** in the transaction of the change */
  onSecretChanged(
    tx: Queryable,
    change: { organizationId: string; assistantId: string; sealedSecret: Buffer | null },
  ): Promise<void>;
}

export function assistantRoutes(server: FastifyInstance, options: AssistantRoutesOptions): void {
  const { db, secretBox } = options;
  const { create, update } = assistantSchemas(options);
  const seal = (secret: string | null | undefined) => (secret ? secretBox.seal(secret) : null);
  const toWire = (assistant: Assistant) => assistantOnWire(assistant, secretBox);
  const check = createAssistantCheck(options.unknownMcpServers);

  /** Fills in providers where none is named; a speech-to-speech model takes none. */
  function withProviders(given: AssistantConfiguration): AssistantConfiguration {
    const defaults = options.defaultProviders();
    const llm_config = given.llm_config ?? defaults.llm_config;
    const isComplete = crossFieldProblems({ ...given, llm_config }).length === 0;
    if (isComplete) return { ...given, llm_config };
    return {
      ...given,
      llm_config,
      stt_config: given.stt_config ?? defaults.stt_config,
      ...(given.tts_config === undefined && { tts_config: defaults.tts_config }),
    };
  }

  // `/agents` is the deprecated name of the same resource (facts 2.0).
  for (const base of ["/assistants", "/agents"]) {
    server.get(base, async (request) => ({
      assistants: (await listAssistants(db, request.organizationId)).map(toWire),
    }));

    server.post(base, async (request, reply) => {
      const { name, webhook_secret: secret, ...given } = parseBody(create, request.body);
      const configuration = withProviders(given);
      await check(request.organizationId, configuration);
      const assistant = await insertAssistant(db, request.organizationId, {
        name,
        configuration,
        webhookSecret: seal(secret),
        changedBy: authorOf(request),
      });
      return reply.code(201).send({ assistant: toWire(assistant) });
    });

    server.get<{ Params: { id: string } }>(`${base}/:id`, async (request) => {
      const { id } = request.params;
      const assistant = isUuid(id) ? await findAssistant(db, request.organizationId, id) : undefined;
      if (!assistant) throw notFound();
      return { assistant: toWire(assistant) };
    });

    server.patch<{ Params: { id: string } }>(`${base}/:id`, async (request) => {
      const { organizationId } = request;
      const { id } = request.params;
      const { name, webhook_secret: secret, ...changes } = parseBody(update, request.body);
      const assistant = await db.transaction().execute(async (tx) => {
        const saved = isUuid(id) ? await lockAssistant(tx, organizationId, id) : undefined;
        if (!saved) throw notFound();
        const given = { ...saved.configuration, ...changes } as AssistantConfiguration;
        // Who may not see the tools' secrets was shown null, and sends that back.
        const configuration = maySeeSecrets(request.person)
          ? given
          : withToolSecretsOf(given, saved.configuration);
        await check(organizationId, configuration);
        const webhookSecret = secret === undefined ? saved.webhookSecret : seal(secret);
        if (secret !== undefined) {
          await options.onSecretChanged(tx, { organizationId, assistantId: id, sealedSecret: webhookSecret });
        }
        const wanted = { name: name ?? saved.name, configuration, webhookSecret };
        return changeAssistant(tx, saved, wanted, authorOf(request));
      });
      return { assistant: toWire(assistant) };
    });

    server.delete<{ Params: { id: string } }>(`${base}/:id`, async (request) => {
      const { id } = request.params;
      if (!isUuid(id) || !(await deleteAssistant(db, request.organizationId, id))) throw notFound();
      return { success: true };
    });
  }
}

function notFound(): ApiError {
  return new ApiError("assistant_not_found");
}
