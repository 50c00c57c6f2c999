import { inference, initializeLogger, llm, stt, voice, type VAD } from "@livekit/agents";
import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { LLM_FAILED, STT_FAILED, TTS_FAILED, type Providers } from "../speech/providers.ts";
import { TurnStt } from "../speech/stt/turn-stt.ts";
import { CallAudioInput } from "./audio-input.ts";
import { CallAudioOutput } from "./audio-output.ts";
import type {
  Conversation,
  ConversationEnd,
  ConversationRequest,
  SpeakText,
  StartConversation,
  TranscriptMessage,
} from "./conversation.ts";
import { configuredMessages, promptOf } from "./prompt.ts";
import { sessionTools } from "./session-tools.ts";
import { createTurnLatencies } from "./turn-latency.ts";
import { turnHandlingOf } from "./turn-taking.ts";

/**
 * A conversation on LiveKit's AgentSession, without a room. The session takes turns, interrupts and calls the model;
 * what is ours: when it ends, what was said, and that nothing it does or fails to do can hang the call.
 */
const APOLOGY = "I'm sorry, something went wrong on our side. Please call back later.";

/** The session's close has been seen to hang; the call does not wait for it longer than this. */
const CLOSE_WITHIN_MS = 2_000;
/** After a hang-up by the model: the longest goodbye that is waited for. */
const GOODBYE_WITHIN_MS = 20_000;
/** No second try by the session: the providers have made theirs, within the time that a caller waits. */
const PROVIDER_LIMITS = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 20_000 };

const FAILURES: Record<string, string> = {
  stt_error: STT_FAILED,
  llm_error: LLM_FAILED,
  tts_error: TTS_FAILED,
};

let sharedVad: VAD | undefined;

/** Loads what all conversations share. Once a process, before the first call. */
export function prepareConversations(): void {
  initializeLogger({ pretty: false, level: "silent" });
  sharedVad ??= new inference.VAD({ model: "silero" });
}

export function createStartConversation(options: {
  providers: Providers;
  speakText: SpeakText;
  clock: Clock;
  logger: Logger;
}): StartConversation {
  return async (request) => {
    const { configuration } = request;
    const logger = options.logger.child({ call_id: request.callId });
    const opened = {
      tts: options.providers.openTts(configuration),
      llm: options.providers.openLlm(configuration),
      stt: options.providers.openStt(configuration),
    };
    for (const provider of Object.values(opened)) {
      if (provider.outcome === "opened") continue;
      logger.warn({ error: provider.error, detail: provider.detail }, "a provider is not available");
      return { outcome: "failed", error: provider.error };
    }
    if (
      opened.tts.outcome !== "opened" ||
      opened.llm.outcome !== "opened" ||
      opened.stt.outcome !== "opened"
    ) {
      throw new Error("unreachable: every provider was opened");
    }
    if (!sharedVad) throw new Error("prepareConversations has not been called");
    const session = new voice.AgentSession({
      vad: sharedVad,
      stt: new stt.StreamAdapter(new TurnStt(opened.stt.provider), sharedVad),
      llm: opened.llm.provider,
      tts: opened.tts.provider,
      turnHandling: turnHandlingOf(configuration.speech_config),
      // Telephones cancel their own echo; the warm-up would make the greeting impossible to interrupt.
      aecWarmupDuration: null,
      userAwayTimeout: null,
      connOptions: {
        sttConnOptions: PROVIDER_LIMITS,
        llmConnOptions: PROVIDER_LIMITS,
        ttsConnOptions: PROVIDER_LIMITS,
        maxUnrecoverableErrors: 0,
      },
    });
    const conversation = run({ ...options, request, session, logger });
    await conversation.begin();
    return { outcome: "started", conversation };
  };
}

interface Running extends Conversation {
  begin(): Promise<void>;
}

function run(options: {
  request: ConversationRequest;
  session: voice.AgentSession;
  speakText: SpeakText;
  clock: Clock;
  logger: Logger;
}): Running {
  const { request, session, clock, logger } = options;
  const { configuration, media, events } = request;
  const transcript: TranscriptMessage[] = configuredMessages(configuration).filter(
    ({ role }) => role === "system",
  );
  const over = new AbortController();
  const output = new CallAudioOutput(media);
  const input = new CallAudioInput(media);
  let settle: (end: ConversationEnd) => void = () => undefined;
  const ended = new Promise<ConversationEnd>((resolve) => (settle = resolve));
  let isEnding = false;
  let lastSpeech: voice.SpeechHandle | undefined;
  let cancelMaxDuration: () => void = () => undefined;
  let closing: Promise<void> | undefined;
  const turns = createTurnLatencies({
    nowMs: () => clock.now().getTime(),
    onTurn: (turn) => events.onTurn?.(turn),
  });

  /** Closes the session, whatever it thinks of it. */
  function close(): Promise<void> {
    closing ??= new Promise<void>((resolve) => {
      over.abort();
      cancelMaxDuration();
      turns.end();
      const cancelLimit = clock.after(CLOSE_WITHIN_MS, () => {
        logger.warn("the agent session did not close in time and was left behind");
        resolve();
      });
      input.end();
      session
        .close()
        .catch((error: unknown) => logger.warn({ err: toError(error) }, "the agent session failed to close"))
        .finally(() => {
          cancelLimit();
          resolve();
        });
    });
    return closing;
  }

  /** Somebody asked to hang up: what is being said is said to its end, then it is over. */
  function endAfterGoodbye(): void {
    if (isEnding) return;
    isEnding = true;
    const cancelLimit = clock.after(GOODBYE_WITHIN_MS, () => settle({ reason: "assistant-hangup" }));
    void goodbye().finally(() => {
      cancelLimit();
      settle({ reason: "assistant-hangup" });
    });
  }

  async function goodbye(): Promise<void> {
    // The tool call itself is part of the speech that is to be waited for: let it return first.
    await new Promise<void>((resolve) => clock.after(0, resolve));
    const endMessage = configuration.speech_config?.["end_call_message"];
    if (typeof endMessage === "string" && endMessage !== "") {
      await done(session.say(endMessage, { allowInterruptions: false }));
    } else {
      await done(lastSpeech);
    }
    await output.waitForPlayout();
  }

  /** A provider failed for good: the caller is told, then it is over. */
  function fail(error: string, cause: Error): void {
    if (isEnding) return;
    isEnding = true;
    logger.warn({ error, err: cause }, "a provider failed for good");
    media.clearPlayout();
    // A voice that has just failed would only make the caller wait once more.
    const voiceOf = error === TTS_FAILED ? {} : configuration;
    const { signal } = new AbortController();
    void close()
      .then(() => options.speakText({ text: APOLOGY, configuration: voiceOf, media, signal }))
      .then((spoken) => {
        if (spoken.outcome === "spoken") add({ role: "assistant", content: APOLOGY });
        settle({ reason: "error", error });
      })
      .catch(() => settle({ reason: "error", error }));
  }

  /** `waitForPlayout` refuses to be called from a tool of that very speech; the callback does not mind. */
  function done(speech: voice.SpeechHandle | undefined): Promise<void> {
    if (!speech || speech.done()) return Promise.resolve();
    return new Promise((resolve) => speech.addDoneCallback(() => resolve()));
  }

  async function addToContext(content: string): Promise<void> {
    const agent = session.currentAgent;
    const context = agent.chatCtx.copy();
    context.addMessage({ role: "system", content });
    await agent.updateChatCtx(context).catch((error: unknown) => {
      logger.warn({ err: toError(error) }, "the model's context could not be added to");
    });
  }

  function add(message: TranscriptMessage): void {
    transcript.push(message);
    events.onMessage(message);
  }

  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type !== "message" || (item.role !== "user" && item.role !== "assistant")) return;
    const content = item.textContent;
    if (content) add({ role: item.role, content });
    if (item.interrupted) events.onActivity?.({ type: "assistant-interrupted" });
  });
  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
    lastSpeech = speechHandle;
  });
  session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => turns.measured(metrics));
  session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ newState, oldState }) => {
    if (newState === "speaking") turns.assistantSpeaks();
    else if (oldState === "speaking") turns.assistantIsSilent();
    if (newState === "speaking") events.onActivity?.({ type: "assistant-speaking" });
    else if (oldState === "speaking") events.onActivity?.({ type: "assistant-silent" });
  });
  session.on(voice.AgentSessionEventTypes.UserStateChanged, ({ newState }) => {
    events.onActivity?.({ type: newState === "speaking" ? "caller-speaking" : "caller-silent" });
  });
  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => {
    if ("recoverable" in error && error.recoverable) return;
    const kind = (error as { type?: string }).type ?? "";
    fail(FAILURES[kind] ?? "Conversation failed", (error as { error?: Error }).error ?? new Error(kind));
  });
  session.on(voice.AgentSessionEventTypes.Close, () => {
    if (!over.signal.aborted) fail("Conversation failed", new Error("the agent session closed by itself"));
  });

  return {
    ended,
    async begin() {
      const { instructions, context } = promptOf(configuration);
      session.input.audio = input;
      session.output.audio = output;
      const tools = sessionTools({
        configuration,
        runTool: (toolCall, signal) => turns.during(() => request.runTool(toolCall, signal)),
        externalTools: request.externalTools ?? [],
        over: over.signal,
        say: (text) => void session.say(text),
        onEndCall: endAfterGoodbye,
        logger,
      });
      const agent = new voice.Agent({ instructions, chatCtx: context, tools: tools as llm.ToolContextLike });
      await session.start({ agent, record: false });
      const maxSeconds = configuration.max_duration_seconds;
      if (typeof maxSeconds === "number") {
        cancelMaxDuration = clock.after(maxSeconds * 1_000, () => settle({ reason: "max-duration" }));
      }
      if (configuration.first_message) session.say(configuration.first_message);
    },
    messages: () => [...transcript],
    // Context for the next turn; it starts none, because people type digits in a row.
    digit: (digit) => void addToContext(`The caller pressed ${digit} on the keypad.`),
    async say(text) {
      if (isEnding || over.signal.aborted) return;
      const speech = session.say(text);
      await Promise.race([done(speech), ended]);
      if (!over.signal.aborted) await Promise.race([output.waitForPlayout(), ended]);
    },
    addContext(text, respond) {
      if (isEnding || over.signal.aborted) return;
      void addToContext(text).then(() => {
        if (respond && !isEnding && !over.signal.aborted) session.generateReply();
      });
    },
    async stop() {
      isEnding = true;
      media.clearPlayout();
      await close();
      settle({ reason: "stopped" });
    },
  };
}
