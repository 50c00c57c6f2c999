import { voice, type llm } from "@livekit/agents";
import { within, type Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import { toError } from "../errors.ts";
import type { Providers } from "../speech/providers.ts";
import type { TurnStt } from "../speech/stt/turn-stt.ts";
import type { CallVad } from "../speech/vad/call-vad.ts";
import { openAgentSession } from "./agent-session.ts";
import { CallAudioInput } from "./audio-input.ts";
import { CallAudioOutput } from "./audio-output.ts";
import { playBackground } from "./background.ts";
import { CallAgent } from "./call-agent.ts";
import type {
  Conversation,
  ConversationEnd,
  ConversationRequest,
  SpeakText,
  StartConversation,
} from "./conversation.ts";
import { watchClosingPhrases } from "./closing-phrases-watch.ts";
import { createEnding } from "./ending.ts";
import { createFloor, type Floor } from "./floor.ts";
import { hangUpByAssistant } from "./hang-up.ts";
import { createHold, type Hold } from "./hold.ts";
import type { LiveConversation } from "./live-conversation.ts";
import { followTranscription } from "./live-transcription.ts";
import { watchMaxDuration } from "./max-duration.ts";
import { replacementsOf } from "./pronunciation.ts";
import { promptOf } from "./prompt.ts";
import { sessionTools } from "./session-tools.ts";
import { watchSilence } from "./silence-watch.ts";
import { createKeypad } from "./keypad-loop.ts";
import { sentencesOf } from "./sentences.ts";
import { createSpeaker } from "./speaker.ts";
import { createTranscript } from "./transcript.ts";
import { watchVoicemail } from "./voicemail-watch.ts";
import { createTurnLatencies, type TurnLatencies } from "./turn-latency.ts";
import { createTypedTurns } from "./typed-turns.ts";
import { startWatchdog, watchedTools } from "./watchdog-loop.ts";
import { asWorkflowBegins, followWorkflow } from "./workflow/follow-workflow.ts";

export { prepareConversations } from "./agent-session.ts";

const FAILED = "Conversation failed";
/** A session that has not started by then will not, and the caller hears nothing meanwhile. */
const START_WITHIN_MS = 2_000;

/** The call's own rules. */
const RULES: readonly ((conversation: LiveConversation) => void)[] = [
  watchMaxDuration,
  watchClosingPhrases,
  watchSilence,
  watchVoicemail,
  playBackground,
  followTranscription,
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
    const over = new AbortController();
    let live: LiveConversation | undefined;
    const opened = openAgentSession(request.configuration, options.providers, logger, over.signal, (error) =>
      live?.ending.fail(FAILED, toError(error)),
    );
    if (opened.outcome === "failed") return opened;
    const { session } = opened;
    live = assemble({ ...options, ...opened, over, request, logger });
    const starting = session.start({ agent: live.agent, record: false }).then(() => true);
    if (!(await within(options.clock, START_WITHIN_MS, starting, () => false))) {
      await live.ending.stop();
      return { outcome: "failed", error: FAILED };
    }
    for (const rule of RULES) rule(live);
    if (request.configuration.first_message) session.say(request.configuration.first_message);
    return { outcome: "started", conversation: conversationOf(live) };
  };
}

/** Makes the parts and joins them; nothing runs yet. */
function assemble(options: {
  request: ConversationRequest;
  session: voice.AgentSession;
  vad: CallVad;
  turnStt: TurnStt | undefined;
  providers: Providers;
  /** aborted when the session is being closed */
  over: AbortController;
  speakText: SpeakText;
  clock: Clock;
  logger: Logger;
}): LiveConversation {
  const { request, providers, session, vad, turnStt, over, clock, logger } = options;
  const { configuration, media, events } = request;
  const input = new CallAudioInput(media, {
    hear: (samples) => vad.hear(samples),
    isStreamed: turnStt === undefined,
  });
  const output = new CallAudioOutput(media);
  const floor = createFloor();
  const transcript = createTranscript(configuration, session, { takeHeard: () => output.takeHeard(), clock });
  const ending = createEnding({
    session,
    media,
    output,
    configuration,
    speakText: options.speakText,
    over,
    // A mailbox is waited for in silence; whoever else is said goodbye to hears it soon.
    onHangUp(end) {
      lastEnd = end;
      if (end.reason !== "voicemail") watchdog.ending();
    },
    endInput() {
      input.end();
      void vad.close();
    },
    onApology: (content) => transcript.add({ role: "assistant", content }),
    clock,
    logger,
  });
  let lastEnd: ConversationEnd = { reason: "assistant-hangup" };
  const watchdog = startWatchdog({
    ...options,
    stt: turnStt,
    media,
    configuration,
    output,
    over: ending.over,
    hasCallerSpoken: () => transcript.messages().some(({ role }) => role === "user"),
    isSuspended: () => floor.state.isHeld || (ending.begun.aborted && lastEnd.reason === "voicemail"),
    onFiller: (content) => transcript.add({ role: "assistant", content }),
    onFail: ending.fail,
    onNoAnswer: () => hold.noReply(),
    onHangUp: () => ending.settle(lastEnd),
  });
  const speaker = createSpeaker({ session, output, over: ending.over });
  const turns = createTurnLatencies({
    nowMs: () => clock.now().getTime(),
    onTurn: (turn) => events.onTurn?.(turn),
  });
  ending.over.addEventListener("abort", () => turns.end(), { once: true });
  const hold = createHold({
    session,
    input,
    clock,
    onNoReply: () => void speaker.say(sentencesOf(configuration).transferFailed),
  });
  ending.over.addEventListener("abort", () => hold.stop(), { once: true });
  const { instructions, context } = promptOf(configuration);
  const { transfer } = request;
  const watched = watchedTools(callTools(request, floor, turns), () => watchdog, clock);
  const toolOptions: Omit<Parameters<typeof sessionTools>[0], "configuration"> = {
    ...watched,
    over: ending.over,
    say: (text) => void session.say(text),
    onEndCall: () => hangUpByAssistant(live),
    sendDigits: (digits) => media.sendDigits(digits),
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
  function reply(): void {
    if (ending.begun.aborted) return;
    session.generateReply();
    watchdog.replyOwed();
  }
  const keypad = createKeypad({
    session,
    addContext: (line) => agent.addContext(line),
    reply,
    over: ending.over,
    clock,
  });
  const typedTurns = createTypedTurns({ session, agent, floor, transcript, ending, reply, clock });
  const live: LiveConversation = {
    request,
    configuration,
    providers,
    session,
    vad,
    toolsOf,
    runTool: watched.runTool,
    watchdog,
    agent,
    input,
    output,
    floor,
    hold,
    keypad,
    typedTurns,
    speaker,
    transcript,
    ending,
    clock,
    logger,
  };
  followSession(session, floor, hold);
  measureTurns(session, floor, turns);
  tellOf(events, transcript, floor);
  session.input.audio = input;
  session.output.audio = output;
  return live;
}

/** The tools as the call runs them; while one does, silence is nobody's fault. */
function callTools(
  request: ConversationRequest,
  floor: Floor,
  turns: TurnLatencies,
): Parameters<typeof watchedTools>[0] {
  return {
    runTool: (toolCall, signal) =>
      floor.duringTool(() => turns.during(() => request.runTool(toolCall, signal))),
    externalTools: (request.externalTools ?? []).map((tool) => ({
      ...tool,
      run: (args, signal) => floor.duringTool(() => tool.run(args, signal)),
    })),
  };
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

function measureTurns(session: voice.AgentSession, floor: Floor, turns: TurnLatencies): void {
  session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => turns.measured(metrics));
  floor.onChange((state, before) => {
    if (state.isAssistantSpeaking === before.isAssistantSpeaking) return;
    if (state.isAssistantSpeaking) turns.assistantSpeaks();
    else turns.assistantIsSilent();
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
  keypad,
  typedTurns,
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
    digit(digit) {
      floor.set({ keysPressed: floor.state.keysPressed + 1 });
      keypad.press(digit);
    },
    typed: (text) => typedTurns.take(text),
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
