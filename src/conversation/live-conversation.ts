import type { llm, voice } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { Providers } from "../speech/providers.ts";
import type { CallVad } from "../speech/vad/call-vad.ts";
import type { CallAgent } from "./call-agent.ts";
import type { CallAudioInput } from "./audio-input.ts";
import type { CallAudioOutput } from "./audio-output.ts";
import type { ConversationRequest } from "./conversation.ts";
import type { Ending } from "./ending.ts";
import type { Floor } from "./floor.ts";
import type { Hold } from "./hold.ts";
import type { Keypad } from "./keypad-loop.ts";
import type { Speaker } from "./speaker.ts";
import type { Transcript } from "./transcript.ts";
import type { TypedTurns } from "./typed-turns.ts";
import type { Watchdog } from "./watchdog-loop.ts";

/**
 * The parts of one running conversation, as its rules see them. A rule (silence, voicemail, closing phrases, …) is a
 * function that takes this, listens, and acts through it; it lets go of its timers when `ending.begun` aborts.
 */
export interface LiveConversation {
  request: ConversationRequest;
  configuration: AssistantConfiguration;
  providers: Providers;
  session: voice.AgentSession;
  vad: CallVad;
  /** the tools that a configuration names, as the session calls them */
  toolsOf: (configuration: AssistantConfiguration) => llm.FunctionTool[];
  /** a webhook tool, watched */
  runTool: ConversationRequest["runTool"];
  watchdog: Pick<Watchdog, "follow">;
  agent: CallAgent;
  input: CallAudioInput;
  output: CallAudioOutput;
  floor: Floor;
  hold: Hold;
  keypad: Keypad;
  typedTurns: TypedTurns;
  speaker: Speaker;
  transcript: Transcript;
  ending: Ending;
  clock: Clock;
  logger: Logger;
}
