import type { ToolDefinition, TransferCallTool, WebhookTool } from "./tools.ts";
import { readDestination } from "./transfer-destination.ts";

/** Where the list sits in a configuration: how every problem begins. */
export const TOOLS_PATH = "llm_config.tools";

/** What a model may be told as a tool's name, and what a webhook receives (facts 2.7). */
const TOOL_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

/** The model sees the built-in tools under these names, and two tools of one name are an error at every provider. */
const BUILT_IN_NAMES: readonly string[] = ["end_call", "transfer_call", "send_digits"];

/** Facts 5.5. */
const MAX_MCP_TOOLS = 25;

type RefuseUrl = (url: string) => string | undefined;

/**
 * The one reader of `tools`: every accepted spelling of facts 5.1 and 5.2 becomes one ToolDefinition.
 *
 * @param tools      `llm_config.tools` as it came
 * @param refuseUrl  why a URL cannot be called; asked when a configuration is written. At call time the dialer asks.
 * @returns what could be read, and one problem for each entry that could not, as `llm_config.tools[2].name: …`
 */
export function normalizeTools(
  tools: unknown,
  refuseUrl: RefuseUrl = () => undefined,
): { tools: ToolDefinition[]; problems: string[] } {
  if (tools === undefined || tools === null) return { tools: [], problems: [] };
  if (!Array.isArray(tools)) return { tools: [], problems: [`${TOOLS_PATH}: must be a list`] };
  const read: ToolDefinition[] = [];
  const problems: string[] = [];
  const names = new Set<string>();
  for (const [index, entry] of tools.entries()) {
    const result = normalizeTool(entry, refuseUrl);
    if (typeof result === "string") {
      problems.push(`${TOOLS_PATH}[${index}]${result}`);
    } else if (result.kind === "webhook" && names.has(result.name)) {
      problems.push(`${TOOLS_PATH}[${index}].name: another tool is named ${result.name} already`);
    } else {
      if (result.kind === "webhook") names.add(result.name);
      read.push(result);
    }
  }
  return { tools: read, problems };
}

/** @returns a tool, or the rest of a problem's line: `.name: must …` */
export function normalizeTool(entry: unknown, refuseUrl: RefuseUrl): ToolDefinition | string {
  if (!isObject(entry)) return ": must be an object";
  switch (entry["type"]) {
    case "end_call":
    case "endCall":
      return { kind: "end-call" };
    case "transfer_call":
    case "transferCall":
      return normalizeTransfer(entry);
    case "send_digits":
      return { kind: "send-digits" };
    case "mcp":
      return normalizeMcp(entry);
    case undefined:
    case "function":
    case "webhook":
      return normalizeWebhook(entry, refuseUrl);
    default:
      return ".type: must be function, end_call, transfer_call, send_digits or mcp";
  }
}

/** Flat (`{name, …}`) and nested as OpenAI writes it (`{type: "function", function: {name, …}}`); outer fields stay outside. */
function normalizeWebhook(entry: Record<string, unknown>, refuseUrl: RefuseUrl): WebhookTool | string {
  const inner = isObject(entry["function"]) ? entry["function"] : entry;
  const { name, description, parameters } = inner;
  if (typeof name !== "string" || !TOOL_NAME.test(name)) {
    return ".name: must begin with a letter or _ and have at most 64 letters, digits, _ and -";
  }
  if (BUILT_IN_NAMES.includes(name)) return `.name: ${name} is the name of a built-in tool`;
  if (!isTextOrNothing(description)) return ".description: must be a text";
  if (!isNothing(parameters)) {
    if (!isObject(parameters)) return ".parameters: must be a JSON Schema object";
    const { type = "object" } = parameters;
    if (type !== "object") return ".parameters.type: must be object";
  }
  const server = entry["server"] ?? {};
  if (!isObject(server)) return ".server: must be an object with a url";
  const { url: serverUrl, secret } = server;
  const { url } = entry;
  // Both are checked, though `url` wins (facts 5.2): the other would be used the day it is taken away.
  for (const [path, text] of [
    [".url", url],
    [".server.url", serverUrl],
  ] as const) {
    if (!isTextOrNothing(text)) return `${path}: must be a text`;
    const reason = text && refuseUrl(text);
    if (reason) return `${path}: ${reason}`;
  }
  if (!isTextOrNothing(secret)) return ".server.secret: must be a text";
  const isAsync = entry["async"] ?? inner["async"] ?? false;
  if (typeof isAsync !== "boolean") return ".async: must be true or false";
  // `message` is the newest of three spellings (facts 5.2).
  const message = entry["message"] ?? entry["async_response"] ?? entry["asyncResponse"];
  if (!isTextOrNothing(message)) return ".message: must be a text";
  return {
    kind: "webhook",
    name,
    description: description ?? undefined,
    parameters: isObject(parameters) ? parameters : undefined,
    url: ((url as string | null | undefined) || (serverUrl as string | null | undefined)) ?? undefined,
    secret: secret ?? undefined,
    isAsync,
    message: message ?? undefined,
  };
}

function normalizeTransfer(entry: Record<string, unknown>): TransferCallTool | string {
  const { destinations } = entry;
  if (!Array.isArray(destinations) || destinations.length === 0)
    return ".destinations: must be a list of at least 1";
  const read: TransferCallTool["destinations"] = [];
  for (const [index, destination] of destinations.entries()) {
    const result = readDestination(destination);
    if (typeof result === "string") return `.destinations[${index}]${result}`;
    read.push(result);
  }
  return { kind: "transfer-call", destinations: read };
}

function normalizeMcp(entry: Record<string, unknown>): ToolDefinition | string {
  const { mcp_server_id: serverId, allowed_tools: allowed, required } = entry;
  if (typeof serverId !== "string") return ".mcp_server_id: must be the id of an MCP server";
  if (!Array.isArray(allowed) || !allowed.every((name) => typeof name === "string")) {
    return ".allowed_tools: must be a list of tools' names";
  }
  if (allowed.length === 0 || allowed.length > MAX_MCP_TOOLS) {
    return `.allowed_tools: must name 1 to ${MAX_MCP_TOOLS} tools, got ${allowed.length}`;
  }
  if (!isNothing(required) && typeof required !== "boolean") return ".required: must be true or false";
  return { kind: "mcp", serverId, allowedTools: allowed, isRequired: required !== false };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isTextOrNothing(value: unknown): value is string | null | undefined {
  return isNothing(value) || typeof value === "string";
}
