import type { AssistantConfiguration, ProviderConfiguration } from "../assistants/configuration.ts";
import type { WorkflowDefinition } from "./workflow-definition.ts";
import { entryOf, instructionsOf, type ConversationNode } from "./workflow-graph.ts";

// What of the assistant's configuration counts on a node (facts 6.3). Pure.

/** Whether any node brings a model, a voice or a recogniser of its own. */
export function hasOverrides(definition: WorkflowDefinition): boolean {
  return definition.nodes.some(
    (node) =>
      node.type === "conversation" &&
      (isGiven(node.llm_config) ||
        Boolean(node.voice) ||
        isGiven(node.tts_config) ||
        isGiven(node.stt_config)),
  );
}

/**
 * The configuration that a call begins with. The assistant supplies providers, voice and rules; prompt, tools and first
 * line are the entry node's, and so are its overrides, which count for the whole session.
 */
export function entryConfiguration(
  assistant: AssistantConfiguration,
  definition: WorkflowDefinition,
): AssistantConfiguration {
  const entry = entryOf(definition);
  const configuration = nodeConfiguration(assistant, definition, entry);
  return { ...configuration, first_message: entry.first_line ?? null };
}

/** @param session  what the call began with: what a node does not replace stays as it is there */
export function nodeConfiguration(
  session: AssistantConfiguration,
  definition: WorkflowDefinition,
  node: ConversationNode,
): AssistantConfiguration {
  const llm = llmOf(session.llm_config, node.llm_config ?? {});
  const tts = ttsOf(session.tts_config, node);
  const stt = node.stt_config ?? session.stt_config;
  const prompt = [{ role: "system", content: instructionsOf(definition, node) }];
  return {
    ...session,
    ...(llm && { llm_config: { ...llm, messages: prompt, tools: node.tools ?? [] } }),
    ...(tts && { tts_config: tts }),
    ...(stt && { stt_config: stt }),
  };
}

/** Another provider's settings mean nothing to this one; the same provider's stay where the node does not name them. */
function llmOf(
  session: ProviderConfiguration | undefined,
  given: NonNullable<ConversationNode["llm_config"]>,
): ProviderConfiguration | undefined {
  const provider = given.provider ?? session?.provider;
  if (provider === undefined) return undefined;
  return provider === session?.provider ? { ...session, ...given, provider } : { ...given, provider };
}

function ttsOf(
  session: ProviderConfiguration | null | undefined,
  { voice, tts_config: own }: ConversationNode,
): ProviderConfiguration | null | undefined {
  if (own) return own;
  return voice && session ? { ...session, voice_id: voice } : session;
}

function isGiven(block: object | null | undefined): boolean {
  return block !== null && block !== undefined && Object.keys(block).length > 0;
}
