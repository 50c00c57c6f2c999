import type { ToolDefinition, TransferCallTool, WebhookTool } from "./tools.ts";

/** What a model may be told as a tool's name, and what a webhook receives (facts 2.7). */
const TOOL_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/**
 * The one reader of `tools`: every accepted spelling of facts 5.1 and 5.2 becomes one ToolDefinition.
 *
 * @param tools  `llm_config.tools` as it came
 * @returns what could be read, and one problem for each entry that could not, as `llm_config.tools[2]: …`
 */
export function normalizeTools(tools: unknown): { tools: ToolDefinition[]; problems: string[] } {
  if (tools === undefined || tools === null) return { tools: [], problems: [] };
  if (!Array.isArray(tools)) return { tools: [], problems: ["llm_config.tools: must be a list"] };
  const read: ToolDefinition[] = [];
  const problems: string[] = [];
  const names = new Set<string>();
  for (const [index, entry] of tools.entries()) {
    const result = normalizeTool(entry);
    if (typeof result === "string") {
      problems.push(`llm_config.tools[${index}]${result}`);
    } else if (result.kind === "webhook" && names.has(result.name)) {
      problems.push(`llm_config.tools[${index}].name: another tool is named ${result.name} already`);
    } else {
      if (result.kind === "webhook") names.add(result.name);
      read.push(result);
    }
  }
  return { tools: read, problems };
}

function normalizeTool(entry: unknown): ToolDefinition | string {
  if (!isObject(entry)) return ": must be an object";
  switch (entry["type"]) {
    case "end_call":
    case "endCall":
      return { kind: "end-call" };
    case "transfer_call":
    case "transferCall":
      return normalizeTransfer(entry);
    case "mcp":
      return normalizeMcp(entry);
    case undefined:
    case "function":
    case "webhook":
      return normalizeWebhook(entry);
    default:
      return ".type: must be function, end_call, transfer_call or mcp";
  }
}

/** Flat (`{name, …}`) and nested as OpenAI writes it (`{type: "function", function: {name, …}}`); outer fields stay outside. */
function normalizeWebhook(entry: Record<string, unknown>): WebhookTool | string {
  const inner = isObject(entry["function"]) ? entry["function"] : entry;
  const { name, description, parameters } = inner;
  if (typeof name !== "string" || !TOOL_NAME.test(name)) {
    return ".name: must begin with a letter or _ and have at most 64 letters, digits, _ and -";
  }
  if (description !== undefined && description !== null && typeof description !== "string")
    return ".description: must be a text";
  if (parameters !== undefined && parameters !== null && !isObject(parameters))
    return ".parameters: must be a JSON Schema object";
  const server = isObject(entry["server"]) ? entry["server"] : {};
  const url = entry["url"] ?? server["url"] ?? undefined;
  if (url !== undefined && typeof url !== "string") return ".url: must be a text";
  const secret = server["secret"] ?? undefined;
  if (secret !== undefined && typeof secret !== "string") return ".server.secret: must be a text";
  const isAsync = entry["async"] ?? inner["async"] ?? false;
  if (typeof isAsync !== "boolean") return ".async: must be true or false";
  const message = entry["message"] ?? entry["async_response"] ?? undefined;
  if (message !== undefined && typeof message !== "string") return ".message: must be a text";
  return {
    kind: "webhook",
    name,
    description: typeof description === "string" ? description : undefined,
    parameters: isObject(parameters) ? parameters : undefined,
    url,
    secret,
    isAsync,
    message,
  };
}

function normalizeTransfer(entry: Record<string, unknown>): TransferCallTool | string {
  const { destinations } = entry;
  if (!Array.isArray(destinations) || destinations.length === 0)
    return ".destinations: must be a list of at least one";
  const read: TransferCallTool["destinations"] = [];
  for (const [index, destination] of destinations.entries()) {
    if (!isObject(destination) || typeof destination["number"] !== "string") {
      return `.destinations[${index}].number: must be a number in E.164, such as +31850835037`;
    }
    const { number, description, message } = destination;
    read.push({
      number,
      description: typeof description === "string" ? description : "",
      message: typeof message === "string" ? message : undefined,
    });
  }
  return { kind: "transfer-call", destinations: read };
}

function normalizeMcp(entry: Record<string, unknown>): ToolDefinition | string {
  const { mcp_server_id: serverId, allowed_tools: allowed, required } = entry;
  if (typeof serverId !== "string") return ".mcp_server_id: must be the id of an MCP server";
  if (
    !Array.isArray(allowed) ||
    allowed.length === 0 ||
    allowed.length > 25 ||
    !allowed.every((name) => typeof name === "string")
  ) {
    return ".allowed_tools: must name 1 to 25 tools";
  }
  return { kind: "mcp", serverId, allowedTools: allowed, isRequired: required !== false };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
