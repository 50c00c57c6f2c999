import type { AssistantConfiguration } from "./configuration.ts";

/** Who has changed something: as it is kept. */
export type Author =
  | { type: "api_key"; id: string }
  /** the address of that moment, because people go */
  | { type: "person"; id: string; email: string };

type Entry = Record<string, unknown>;

/** As it is kept among the versions: what signs a tool's requests is nobody's past. Pure. */
export function withoutToolSecrets(configuration: AssistantConfiguration): AssistantConfiguration {
  return overTools(configuration, (tool) => {
    const server = serverOf(tool);
    return server?.["secret"] ? { ...tool, server: { ...server, secret: null } } : tool;
  });
}

/**
 * A version that is brought back has the secrets of today, where a tool of the same name has one; a tool that has none
 * any more gets its requests signed by the assistant's or the account's. Pure.
 */
export function withToolSecretsOf(
  configuration: AssistantConfiguration,
  today: AssistantConfiguration,
): AssistantConfiguration {
  const secrets = new Map<unknown, unknown>();
  overTools(today, (tool) => {
    const secret = serverOf(tool)?.["secret"];
    if (secret) secrets.set(nameOf(tool), secret);
    return tool;
  });
  return overTools(configuration, (tool) => {
    const server = serverOf(tool);
    const secret = secrets.get(nameOf(tool));
    return server?.["secret"] === null && secret ? { ...tool, server: { ...server, secret } } : tool;
  });
}

function overTools(
  configuration: AssistantConfiguration,
  change: (tool: Entry) => Entry,
): AssistantConfiguration {
  const { llm_config: llm } = configuration;
  const tools = llm?.["tools"];
  if (!llm || !Array.isArray(tools)) return configuration;
  const changed = tools.map((tool: unknown) => (isEntry(tool) ? change(tool) : tool));
  return { ...configuration, llm_config: { ...llm, tools: changed } };
}

function serverOf(tool: Entry): Entry | undefined {
  return isEntry(tool["server"]) ? tool["server"] : undefined;
}

function nameOf(tool: Entry): unknown {
  return isEntry(tool["function"]) ? tool["function"]["name"] : tool["name"];
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
