import { voice, type llm } from "@livekit/agents";
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import { toError } from "../errors.ts";
import type { Providers } from "../speech/providers.ts";
import type { CallVad } from "../speech/vad/call-vad.ts";
import { openAgentSession } from "./agent-session.ts";
import { CallAudioInput } from "./audio-input.ts";
import { CallAudioOutput } from "./audio-output.ts";
import { playBackground } from "./background.ts";
import { CallAgent } from "./call-agent.ts";
import type { Conversation, ConversationRequest, SpeakText, StartConversation } from "./conversation.ts";
import { watchClosingPhrases } from "./closing-phrases-watch.ts";
import { createEnding } from "./ending.ts";
import { createFloor, type Floor } from "./floor.ts";
import { hangUpByAssistant } from "./hang-up.ts";
import { createHold, type Hold } from "./hold.ts";
import type { LiveConversation } from "./live-conversation.ts";
import { watchMaxDuration } from "./max-duration.ts";
import { replacementsOf } from "./pronunciation.ts";
import { promptOf } from "./prompt.ts";
import { sessionTools } from "./session-tools.ts";
import { watchSilence } from "./silence-watch.ts";
import { createSpeaker } from "./speaker.ts";
import { createTranscript } from "./transcript.ts";
import { watchVoicemail } from "./voicemail-watch.ts";
import { asWorkflowBegins, followWorkflow } from "./workflow/follow-workflow.ts";

export { prepareConversations } from "./agent-session.ts";

/** The call's own rules. */
const RULES: readonly ((conversation: LiveConversation) => void)[] = [
  watchMaxDuration,
  watchClosingPhrases,
  watchSilence,
  watchVoicemail,
  playBackground,
  followWorkflow,
];

/**
 * A conversation on LiveKit's AgentSession, without a room. The session takes turns, interrupts and calls the model;
 * what is ours: when it ends, what was said, and that nothing it does or fails to do can hang the call. Each of the
 * call's own rules is a file of its own, started below.
 */
export function createStartConversation(options: {
  providers: Providers;
  speakText: SpeakText;
  clock: Clock;
  logger: Logger;
}): StartConversation {
  return async (given) => {
    const request = asWorkflowBegins(given);
    const logger = options.logger.child({ call_id: request.callId });
    let live: LiveConversation | undefined;
    const opened = openAgentSession(request.configuration, options.providers, logger, (error) =>
      live?.ending.fail("Conversation failed", toError(error)),
    );
    if (opened.outcome === "failed") return opened;
    const { session } = opened;
    live = assemble({ ...options, ...opened, request, logger });
    await session.start({ agent: live.agent, record: false });
    for (const rule of RULES) rule(live);
    if (request.configuration.first_message) session.say(request.configuration.first_message);
    return { outcome: "started", conversation: conversationOf(live) };
  };
}

/** Makes the parts and joins them; nothing runs yet. */
function assemble(options: {
  request: ConversationRequest;
  providers: Providers;
  session: voice.AgentSession;
  vad: CallVad;
  isStreamed: boolean;
  speakText: SpeakText;
  clock: Clock;
  logger: Logger;
}): LiveConversation {
  const { request, providers, session, vad, isStreamed, clock, logger } = options;
  const { configuration, media, events } = request;
  const input = new CallAudioInput(media, { hear: (samples) => vad.hear(samples), isStreamed });
  const output = new CallAudioOutput(media);
  const floor = createFloor();
  const transcript = createTranscript(configuration, session, () => output.takeHeard());
  const ending = createEnding({
    session,
    media,
    configuration,
    speakText: options.speakText,
    endInput() {
      input.end();
      void vad.close();
    },
    onApology: (content) => transcript.add({ role: "assistant", content }),
    clock,
    logger,
  });
  const speaker = createSpeaker({ session, output, over: ending.over });
  const hold = createHold({ session, input, clock, say: (text) => void speaker.say(text) });
  ending.over.addEventListener("abort", () => hold.stop(), { once: true });
  const { instructions, context } = promptOf(configuration);
  const { transfer } = request;
  const toolOptions: Omit<Parameters<typeof sessionTools>[0], "configuration"> = {
    runTool: (toolCall, signal) => floor.duringTool(() => request.runTool(toolCall, signal)),
    externalTools: (request.externalTools ?? []).map((tool) => ({
      ...tool,
      run: (args, signal) => floor.duringTool(() => tool.run(args, signal)),
    })),
    over: ending.over,
    say: (text) => void session.say(text),
    onEndCall: () => hangUpByAssistant(live),
    transfer: transfer && {
      transfer: (what, signal) => transfer(what, signal),
      over: ending.over,
      onBegin: hold.spare,
      onFailed: hold.expectReply,
    },
    logger,
  };
  const toolsOf: LiveConversation["toolsOf"] = (named) =>
    sessionTools({ ...toolOptions, configuration: named });
  const agent = new CallAgent(
    { instructions, chatCtx: context, tools: toolsOf(configuration) as llm.ToolContextLike },
    replacementsOf(configuration.speech_config),
    logger,
  );
  const live: LiveConversation = {
    request,
    configuration,
    providers,
    session,
    vad,
    toolsOf,
    agent,
    input,
    floor,
    hold,
    speaker,
    transcript,
    ending,
    clock,
    logger,
  };
  followSession(session, floor, hold);
  tellOf(events, transcript, floor);
  session.input.audio = input;
  session.output.audio = output;
  return live;
}

function followSession(session: voice.AgentSession, floor: Floor, hold: Hold): void {
  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => hold.onSpeech(speechHandle));
  session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ newState }) => {
    if (newState === "speaking") hold.onSpeaking();
    floor.set({
      isAssistantSpeaking: newState === "speaking",
      isAssistantThinking: newState === "thinking",
    });
  });
  session.on(voice.AgentSessionEventTypes.UserStateChanged, ({ newState }) => {
    if (newState === "speaking") hold.onSpeaking();
    floor.set({ isCallerSpeaking: newState === "speaking" });
  });
}

/** For the call, which keeps the transcript and shows what goes on. */
function tellOf(
  events: ConversationRequest["events"],
  transcript: LiveConversation["transcript"],
  floor: Floor,
): void {
  transcript.onTurn((message, isInterrupted) => {
    events.onMessage(message);
    if (isInterrupted) events.onActivity?.({ type: "assistant-interrupted" });
  });
  floor.onChange((state, before) => {
    if (state.isAssistantSpeaking !== before.isAssistantSpeaking)
      events.onActivity?.({ type: state.isAssistantSpeaking ? "assistant-speaking" : "assistant-silent" });
    if (state.isCallerSpeaking !== before.isCallerSpeaking)
      events.onActivity?.({ type: state.isCallerSpeaking ? "caller-speaking" : "caller-silent" });
  });
}

/** What the call may do with it. */
function conversationOf({
  session,
  agent,
  floor,
  hold,
  speaker,
  transcript,
  ending,
}: LiveConversation): Conversation {
  function addContext(text: string, respond: boolean): void {
    if (ending.begun.aborted) return;
    void agent.addContext(text).then(() => {
      if (respond && !ending.begun.aborted) session.generateReply();
    });
  }

  return {
    ended: ending.ended,
    messages: () => transcript.messages(),
    // Context for the next turn; it starts none, because people type digits in a row.
    digit(digit) {
      floor.set({ keysPressed: floor.state.keysPressed + 1 });
      void agent.addContext(`The caller pressed ${digit} on the keypad.`);
    },
    async say(text, toTheEnd) {
      if (!ending.begun.aborted)
        await Promise.race([speaker.say(text, { isInterruptible: !toTheEnd }), ending.ended]);
    },
    addContext,
    hold() {
      if (ending.over.aborted) return;
      floor.set({ isHeld: true });
      hold.begin();
    },
    resume() {
      hold.end();
      floor.set({ isHeld: false });
    },
    transferFailed(detail) {
      addContext(`The call could not be transferred: ${detail}. Tell the caller.`, true);
      hold.expectReply();
    },
    stop: () => ending.stop(),
  };
}
