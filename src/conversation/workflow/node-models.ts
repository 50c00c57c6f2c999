import type { AssistantConfiguration, ProviderConfiguration } from "../../assistants/configuration.ts";
import type { OpenResult } from "../../speech/providers.ts";
import { TurnStt } from "../../speech/stt/turn-stt.ts";
import { heardBy } from "../agent-session.ts";
import type { LiveConversation } from "../live-conversation.ts";

/** The models of a workflow's nodes (facts 6.3). */
export interface NodeModels {
  /**
   * Swaps what differs from what is in use, once all that is being said has been heard: it was begun in the old voice.
   * A provider that is not to be had fails the conversation, as it would at the beginning of a call.
   * @returns false: it has failed
   */
  use(configuration: AssistantConfiguration): Promise<boolean>;
}

/** Opened when a node is first entered, and kept for the next time; the session's own are used where nothing differs. */
export function createNodeModels(live: LiveConversation): NodeModels {
  const { session, agent, input, speaker, ending, providers, vad, watchdog } = live;
  const inUse = keysOf(live.configuration);
  const opened = {
    llm: new Map([[inUse.llm, session.llm]]),
    tts: new Map([[inUse.tts, session.tts]]),
    stt: new Map([[inUse.stt, session.stt]]),
  };

  function find<T>(known: Map<string, T>, key: string, open: () => OpenResult<T & object>): T | undefined {
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = open();
    if (result.outcome === "unavailable") {
      ending.fail(result.error, new Error(result.detail));
      return undefined;
    }
    known.set(key, result.provider);
    return result.provider;
  }

  return {
    async use(configuration) {
      const keys = keysOf(configuration);
      const change: Parameters<typeof agent.updateOptions>[0] = {};
      if (keys.llm !== inUse.llm) {
        const llm = find(opened.llm, keys.llm, () => providers.openLlm(configuration, ending.over));
        if (!llm) return false;
        change.llm = llm;
      }
      if (keys.tts !== inUse.tts) {
        const tts = find(opened.tts, keys.tts, () => providers.openTts(configuration, ending.over));
        if (!tts) return false;
        change.tts = tts;
      }
      if (keys.stt !== inUse.stt) {
        const stt = find(opened.stt, keys.stt, () => {
          const result = providers.openStt(configuration, ending.over);
          if (result.outcome === "unavailable") return result;
          return { outcome: "opened", provider: heardBy(result.provider, vad) };
        });
        if (!stt) return false;
        change.stt = stt;
      }
      if (Object.keys(change).length === 0) return true;
      await speaker.untilSaid();
      if (ending.over.aborted) return false;
      await agent.updateOptions(change);
      watchdog.follow(change);
      // The session's own frames are needed by a recogniser that streams, and by no other.
      if (change.stt) input.setStreamed(!(change.stt instanceof TurnStt));
      Object.assign(inUse, keys);
      return true;
    },
  };
}

/** Prompt and tools are no part of a model. */
function keysOf({ llm_config: llm, tts_config: tts, stt_config: stt }: AssistantConfiguration) {
  const { messages: _messages, tools: _tools, ...model } = llm ?? ({} as ProviderConfiguration);
  return { llm: JSON.stringify(model), tts: JSON.stringify(tts), stt: JSON.stringify(stt) };
}
