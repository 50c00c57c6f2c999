import type { AssistantConfiguration } from "./configuration.ts";

/**
 * How the answer to `assistant-request` changes a configuration (facts 1.6). Pure.
 *
 * The rule is the same for `assistant` over a saved assistant and for `assistant_override`: shallow, each top-level
 * key replaces that block entirely. Without a saved assistant, `assistant` is the whole configuration.
 */
export function overlay(
  saved: AssistantConfiguration | undefined,
  change: Record<string, unknown>,
  maxDurationSeconds: number | undefined,
): AssistantConfiguration {
  return {
    ...saved,
    ...change,
    ...(maxDurationSeconds !== undefined && { max_duration_seconds: maxDurationSeconds }),
  };
}

/**
 * The `assistant` object of later events: the resolved configuration with `metadata` and every custom field, and
 * without any secret (facts 1.5).
 */
export function echoOf(
  configuration: AssistantConfiguration,
  assistantId: string | null,
): Record<string, unknown> {
  const { webhook_secret: _secret, ...rest } = configuration;
  const llm = rest.llm_config;
  const tools = llm?.["tools"];
  return {
    ...(assistantId !== null && { id: assistantId }),
    ...rest,
    ...(llm && Array.isArray(tools) && { llm_config: { ...llm, tools: tools.map(withoutSecret) } }),
  };
}

function withoutSecret(tool: unknown): unknown {
  if (typeof tool !== "object" || tool === null || !("server" in tool)) return tool;
  const { server } = tool;
  if (typeof server !== "object" || server === null) return tool;
  const { secret: _secret, ...rest } = server as Record<string, unknown>;
  return { ...tool, server: rest };
}
