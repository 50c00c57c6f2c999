import type { FastifyRequest } from "fastify";
import type { Queryable } from "../db/database.ts";
import { validationError } from "../http/validation.ts";
import { crossFieldProblems } from "./assistant-schema.ts";
import { updateAssistant, type Assistant } from "./assistant-store.ts";
import type { Author } from "./assistant-version.ts";
import { keepVersion } from "./assistant-version-store.ts";
import type { AssistantConfiguration } from "./configuration.ts";
import { normalizeTools } from "./tool-definition.ts";

/** @throws ApiError 400 */
export type CheckAssistant = (organizationId: string, configuration: AssistantConfiguration) => Promise<void>;

/** @param unknownMcpServers  those of the ids that are no MCP server of the organization */
export function createAssistantCheck(
  unknownMcpServers: (organizationId: string, ids: readonly string[]) => Promise<string[]>,
): CheckAssistant {
  return async (organizationId, configuration) => {
    const problems = crossFieldProblems(configuration);
    const servers = mcpServersOf(configuration);
    if (servers.length > 0) {
      const unknown = await unknownMcpServers(organizationId, servers);
      problems.push(
        ...unknown.map((id) => `llm_config.tools: there is no MCP server with the id ${id.slice(0, 40)}`),
      );
    }
    if (problems.length > 0) throw validationError(problems);
  };
}

function mcpServersOf({ llm_config: llm }: AssistantConfiguration): string[] {
  const { tools } = normalizeTools(llm?.["tools"]);
  return [...new Set(tools.flatMap((tool) => (tool.kind === "mcp" ? [tool.serverId] : [])))];
}

/** Who asks. */
export function authorOf({ apiKeyId, person }: Pick<FastifyRequest, "apiKeyId" | "person">): Author {
  return person
    ? { type: "person", id: person.userId, email: person.email }
    : { type: "api_key", id: apiKeyId };
}

/**
 * Changes an assistant, and keeps what it was. A change that changes nothing makes no version: forms send everything back.
 *
 * @param saved  as it is, locked
 */
export async function changeAssistant(
  tx: Queryable,
  saved: Assistant,
  wanted: Pick<Assistant, "name" | "configuration" | "webhookSecret">,
  author: Author,
): Promise<Assistant> {
  const text = ({ name, configuration }: Pick<Assistant, "name" | "configuration">) =>
    JSON.stringify([name, configuration]);
  if (text(saved) === text(wanted)) return updateAssistant(tx, saved.id, { ...saved, ...wanted });
  await keepVersion(tx, saved);
  return updateAssistant(tx, saved.id, { ...wanted, version: saved.version + 1, changedBy: author });
}
