import type { AssistantConfiguration } from "./configuration.ts";

type Entry = Record<string, unknown>;

/** As it is kept among the versions: what signs a tool's requests is nobody's past. Pure. */
export function withoutToolSecrets(configuration: AssistantConfiguration): AssistantConfiguration {
  return overTools(configuration, (tool) => {
    const server = serverOf(tool);
    return server?.["secret"] ? { ...tool, server: { ...server, secret: null } } : tool;
  });
}

/**
 * A version that is brought back, or what was shown to somebody who may not see secrets, has those of today, where a tool
 * of the same name has one; a tool that has none any more gets its requests signed by the assistant's or the account's.
 * Pure.
 */
export function withToolSecretsOf(
  configuration: AssistantConfiguration,
  today: AssistantConfiguration,
): AssistantConfiguration {
  const secrets = secretsByName(today);
  return overTools(configuration, (tool) => withSecret(tool, secrets.get(nameOf(tool))));
}

/** The same for one tool of an assistant. Pure. */
export function withSecretOfNamesake(tool: Entry, today: AssistantConfiguration): Entry {
  return withSecret(tool, secretsByName(today).get(nameOf(tool)));
}

/** And for a tool that is kept by itself. Pure. */
export function withToolSecretOf(tool: Entry, today: Entry): Entry {
  return withSecret(tool, serverOf(today)?.["secret"]);
}

function secretsByName(configuration: AssistantConfiguration): ReadonlyMap<unknown, unknown> {
  const secrets = new Map<unknown, unknown>();
  overTools(configuration, (tool) => {
    const secret = serverOf(tool)?.["secret"];
    if (secret) secrets.set(nameOf(tool), secret);
    return tool;
  });
  return secrets;
}

function withSecret(tool: Entry, secret: unknown): Entry {
  const server = serverOf(tool);
  return server?.["secret"] === null && secret ? { ...tool, server: { ...server, secret } } : tool;
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
