import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import type { Person } from "../http/auth.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { maySeeSecrets } from "../people/permissions.ts";
import { findAssistant } from "./assistant-store.ts";
import type { AssistantConfiguration } from "./configuration.ts";
import { normalizeTool, normalizeTools } from "./tool-definition.ts";
import { withSecretOfNamesake } from "./tool-secrets.ts";
import type { WebhookTool } from "./tools.ts";

export const toolTestBody = z.strictObject({
  name: z.string().max(64).optional().meta({ description: "Of a saved tool." }),
  tool: z
    .looseObject({})
    .optional()
    .meta({ description: "A tool that is not saved, as in `llm_config.tools`." }),
  arguments: z.record(z.string(), z.unknown()).default({}),
});

export interface ToolTestRoutesOptions {
  db: Database;
  refuseUrl: (url: string) => string | undefined;
  testTool(test: {
    organizationId: string;
    assistantId: string;
    configuration: AssistantConfiguration;
    tool: WebhookTool;
    arguments: Record<string, unknown>;
  }): Promise<{
    eventId: string;
    toolCallId: string;
    result: { outcome: "result"; result: unknown } | { outcome: "error"; error: string };
  }>;
  /** what was sent, and what came back, as the API shows it */
  showEvent(organizationId: string, eventId: string): Promise<{ requestBody: unknown; attempts: object[] }>;
}

/** `POST /assistants/{id}/tools/test`: runs one tool as a call would, without one. An extension. */
export function toolTestRoutes(server: FastifyInstance, options: ToolTestRoutesOptions): void {
  server.post<{ Params: { id: string } }>("/assistants/:id/tools/test", async (request) => {
    const { organizationId } = request;
    const { id } = request.params;
    const body = parseBody(toolTestBody, request.body);
    const saved = isUuid(id) ? await findAssistant(options.db, organizationId, id) : undefined;
    if (!saved) throw new ApiError("assistant_not_found");
    const configuration = { name: saved.name, ...saved.configuration };
    const { eventId, toolCallId, result } = await options.testTool({
      organizationId,
      assistantId: id,
      configuration,
      tool: toolOf(body, configuration, request.person),
      arguments: body.arguments,
    });
    const { requestBody, attempts } = await options.showEvent(organizationId, eventId);
    return {
      tool_test: {
        webhook_event_id: eventId,
        tool_call_id: toolCallId,
        outcome: result.outcome,
        model_reads: result.outcome === "result" ? result.result : result.error,
        request_body: requestBody,
        attempts,
      },
    };
  });

  /** @throws ApiError 400 */
  function toolOf(
    { name, tool }: z.output<typeof toolTestBody>,
    configuration: AssistantConfiguration,
    person: Person | undefined,
  ): WebhookTool {
    if ((name === undefined) === (tool === undefined))
      throw validationError(["body: give either name or tool"]);
    if (tool !== undefined) {
      // Who may not see the tools' secrets was shown null, and tries it with that.
      const whole = maySeeSecrets(person) ? tool : withSecretOfNamesake(tool, configuration);
      const read = normalizeTool(whole, options.refuseUrl);
      if (typeof read === "string") throw validationError([`tool${read}`]);
      if (read.kind !== "webhook") throw validationError(["tool: only tools with a webhook can be tried"]);
      return read;
    }
    const { tools } = normalizeTools(configuration.llm_config?.["tools"]);
    const found = tools.find((candidate) => candidate.kind === "webhook" && candidate.name === name);
    if (found?.kind !== "webhook")
      throw validationError(["name: the assistant has no such tool with a webhook"]);
    return found;
  }
}
