import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { systemClock } from "../../src/clock.ts";
import { createStartConversation } from "../../src/conversation/agent-conversation.ts";
import type {
  Conversation,
  ConversationActivity,
  ConversationRequest,
} from "../../src/conversation/conversation.ts";
import { createSpeakText } from "../../src/conversation/speak-text.ts";
import { createLogger } from "../../src/logger.ts";
import { createProviders } from "../../src/speech/providers.ts";
import type { Espeak } from "../../src/speech/tts/espeak.ts";
import type { CallMedia } from "../../src/telephony/carrier.ts";
import type { WorkflowDefinition } from "../../src/workflows/workflow-definition.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";

export interface Talk {
  conversation: Conversation;
  activities: ConversationActivity["type"][];
  /** of the workflow, in the order in which they became active */
  nodes: string[];
  /** "role: content" */
  lines(): string[];
}

/** A conversation over some media, with the scripted providers and the local voice unless the configuration says otherwise. */
export async function startTalk(options: {
  configuration: AssistantConfiguration;
  media: CallMedia;
  espeak: Espeak;
  direction?: "inbound" | "outbound" | "web";
  openAiUrl?: string;
  runTool?: ConversationRequest["runTool"];
  workflow?: WorkflowDefinition;
  transfer?: ConversationRequest["transfer"];
  onTranscription?: ConversationRequest["events"]["onTranscription"];
}): Promise<Talk> {
  const providers = createProviders({
    clock: systemClock,
    espeak: options.espeak,
    settings: {
      openai: { apiKey: undefined, baseUrl: options.openAiUrl ?? "http://127.0.0.1:9/v1", isOwnServer: true },
    },
  });
  const activities: ConversationActivity["type"][] = [];
  const nodes: string[] = [];
  const start = createStartConversation({
    providers,
    speakText: createSpeakText(providers),
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
  const started = await start({
    callId: "call",
    configuration: {
      tts_config: { provider: "local", voice_id: "en" },
      stt_config: { provider: "scripted", utterances: [] },
      llm_config: { provider: "scripted", script: [] },
      ...options.configuration,
    },
    ...(options.direction && { direction: options.direction }),
    ...(options.workflow && { workflow: options.workflow }),
    ...(options.transfer && { transfer: options.transfer }),
    media: options.media,
    runTool: options.runTool ?? (() => Promise.resolve({ outcome: "result", result: null })),
    events: {
      onMessage: () => undefined,
      ...(options.onTranscription && { onTranscription: options.onTranscription }),
      onActivity(activity) {
        if (activity.type === "node-entered") nodes.push(activity.nodeId);
        else activities.push(activity.type);
      },
    },
  });
  if (started.outcome === "failed") throw new Error(started.error);
  const { conversation } = started;
  return {
    conversation,
    activities,
    nodes,
    lines: () => conversation.messages().map(({ role, content }) => `${role}: ${content}`),
  };
}

/** Speech as a telephone carries it. */
export async function telephoneSpeech(espeak: Espeak, text: string, voice = "en-us"): Promise<Int16Array> {
  const { samples, sampleRateHz } = await espeak.synthesize(text, voice);
  return toTelephoneRate(samples, sampleRateHz);
}

export function join(...parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function silence(durationMs: number): Int16Array {
  return new Int16Array(durationMs * 8);
}

/** Resolves when it is so; for tests that run side by side, where `expect.poll` cannot be used. */
export async function until(isSo: () => boolean, withinMs = 15_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
