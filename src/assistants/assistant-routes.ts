import type { FastifyInstance } from "fastify";
import type { SecretBox } from "../secret-box.ts";
import type { Database, Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { assistantSchemas, crossFieldProblems, type SchemaOptions } from "./assistant-schema.ts";
import { normalizeTools } from "./tool-definition.ts";
import {
  deleteAssistant,
  findAssistant,
  insertAssistant,
  listAssistants,
  lockAssistant,
  updateAssistant,
  type Assistant,
} from "./assistant-store.ts";
import type { AssistantConfiguration, ProviderConfiguration } from "./configuration.ts";

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

/** Every documented field is in every answer, in this order (facts 2.2). */
const DEFAULTS = {
  business_name: null,
  notification_email: null,
  notification_emails: null,
  recording_consent: null,
  first_message: null,
  is_active: true,
  max_duration_seconds: null,
  autonomous_silence_handling: false,
  silence_timeout_seconds: 8,
  voicemail_detection: false,
  voicemail_message: null,
  gdpr_mode: false,
  webhook_url: null,
  webhook_events: null,
  analysis_plan: null,
  stt_config: undefined,
  llm_config: undefined,
  tts_config: null,
  speech_config: null,
};

export function assistantRoutes(server: FastifyInstance, options: AssistantRoutesOptions): void {
  const { db, secretBox } = options;
  const { create, update } = assistantSchemas(options);
  const seal = (secret: string | null | undefined) => (secret ? secretBox.seal(secret) : null);
  const toWire = (assistant: Assistant) => ({
    id: assistant.id,
    name: assistant.name,
    ...DEFAULTS,
    ...assistant.configuration,
    // Returned in clear, as documented (facts 2.2): receivers are set up from here.
    webhook_secret: assistant.webhookSecret && secretBox.open(assistant.webhookSecret),
    created_at: assistant.createdAt,
    updated_at: assistant.updatedAt,
  });

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

  /** @throws ApiError 400 */
  async function check(organizationId: string, configuration: AssistantConfiguration): Promise<void> {
    const problems = crossFieldProblems(configuration);
    const servers = mcpServersOf(configuration);
    if (servers.length > 0) {
      const unknown = await options.unknownMcpServers(organizationId, servers);
      problems.push(
        ...unknown.map((id) => `llm_config.tools: there is no MCP server with the id ${id.slice(0, 40)}`),
      );
    }
    if (problems.length > 0) throw validationError(problems);
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
        const configuration = { ...saved.configuration, ...changes } as AssistantConfiguration;
        await check(organizationId, configuration);
        const webhookSecret = secret === undefined ? saved.webhookSecret : seal(secret);
        if (secret !== undefined) {
          await options.onSecretChanged(tx, { organizationId, assistantId: id, sealedSecret: webhookSecret });
        }
        return updateAssistant(tx, id, { name: name ?? saved.name, configuration, webhookSecret });
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

function mcpServersOf({ llm_config: llm }: AssistantConfiguration): string[] {
  const { tools } = normalizeTools(llm?.["tools"]);
  return [...new Set(tools.flatMap((tool) => (tool.kind === "mcp" ? [tool.serverId] : [])))];
}

function notFound(): ApiError {
  return new ApiError("assistant_not_found");
}
