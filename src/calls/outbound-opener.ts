import type { AssistantConfiguration } from "../assistants/configuration.ts";

/**
 * The first words that a request asks for, beside the assistant's: its own, else those of its override. An override that
 * brings words for outbound calls as well means those.
 */
export function requestedOpener(
  firstMessage: string | null | undefined,
  override: AssistantConfiguration | undefined,
): string | undefined {
  if (firstMessage) return firstMessage;
  if (override?.speech_config?.["first_message_outbound"]) return undefined;
  return override?.first_message ?? undefined;
}

/** The first words of an outbound call: the request's own, else those for outbound calls (facts 4.4), else the usual ones. */
export function withOpener(
  configuration: AssistantConfiguration,
  firstMessage: string | undefined,
): AssistantConfiguration {
  const outbound = configuration.speech_config?.["first_message_outbound"];
  const opener = firstMessage ?? (typeof outbound === "string" && outbound !== "" ? outbound : undefined);
  return opener === undefined ? configuration : { ...configuration, first_message: opener };
}
