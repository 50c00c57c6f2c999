import { voice } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { within, type Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { LLM_FAILED, STT_FAILED, TTS_FAILED, type Providers } from "../speech/providers.ts";
import { TurnStt } from "../speech/stt/turn-stt.ts";
import { SentenceTts } from "../speech/tts/sentence-tts.ts";
import { SAMPLE_RATE_HZ, type CallMedia } from "../telephony/carrier.ts";
import type { CallAudioOutput } from "./audio-output.ts";
import type { ExternalTool, ToolCall, ToolCallResult } from "./conversation.ts";
import { createFillerVoice } from "./filler-voice.ts";
import { sentencesOf } from "./sentences.ts";
import { turnHandlingOf } from "./turn-taking.ts";
import { look, startOfWatch, watch, type WatchdogAction, type WatchdogEvent } from "./watchdog.ts";

/**
 * Watches one conversation, so that its caller is never left in silence: watchdog.ts with a clock, and the hands to do
 * what it says. Fillers go past the session straight to playout: a session that waits for its model would queue them
 * behind the very reply that is late, and the model is not to read that it has said "one moment". The transcript has
 * them, because the caller heard them.
 */
export interface Watchdog {
  /** A tool is being waited for until the promise settles. */
  duringTool(run: () => Promise<ToolCallResult>): Promise<ToolCallResult>;
  /** The model was asked for a reply to something else than words. */
  replyOwed(): void;
  /** The conversation ends after its last words. */
  ending(): void;
  /** Other models are in use from now on. */
  follow(models: { stt?: unknown; tts?: unknown }): void;
}

/** The webhook's own limit is 10 s, an MCP server's at most 60: a tool that is silent beyond that never settles. */
const WEBHOOK_SETTLES_WITHIN_MS = 12_000;
const MCP_SETTLES_WITHIN_MS = 62_000;

/** while something else has the floor */
const LOOK_AGAIN_MS = 500;

const GO_ON =
  "A noise on the line cut you off; the caller said nothing. Go on from where you were, in a sentence or two.";

export function startWatchdog(options: {
  session: voice.AgentSession;
  /** undefined: the recogniser takes the audio as it comes, and tells of words alone */
  stt: TurnStt | undefined;
  output: CallAudioOutput;
  media: CallMedia;
  configuration: AssistantConfiguration;
  providers: Providers;
  /** aborted when nothing is to be spoken any more */
  over: AbortSignal;
  /** or typed */
  hasCallerSpoken: () => boolean;
  /** somebody else has the caller's ear, or a mailbox's beep is waited for: nothing is owed meanwhile */
  isSuspended: () => boolean;
  onFiller: (text: string) => void;
  /** a provider has failed for good */
  onFail: (error: string, cause: Error) => void;
  /** The model has nothing to say. @returns whether somebody else says what fits */
  onNoAnswer: () => boolean;
  /** the last words do not come */
  onHangUp: () => void;
  clock: Clock;
  logger: Logger;
}): Watchdog {
  const { session, media, configuration, over, clock, logger } = options;
  const sentences = sentencesOf(configuration);
  const { minDelay: endpointingMs } = turnHandlingOf(configuration.speech_config).endpointing;
  const fillers = createFillerVoice({ providers: options.providers, configuration, over, clock });
  let state = startOfWatch(clock.monotonicMs());
  let timer: { atMs: number; cancel: () => void } | undefined;
  let filled = 0;
  let lastWords: string | undefined;
  /** a filler that is on the line, or about to be */
  let filling: { untilMs: number; isFollowed: boolean } | undefined;

  function tell(event: WatchdogEvent): void {
    if (over.aborted) return;
    state = watch(state, event, clock.monotonicMs());
    see();
  }

  function see(): void {
    for (;;) {
      if (over.aborted) return;
      const nowMs = clock.monotonicMs();
      if (options.isSuspended()) {
        // What is owed is owed from the moment on at which the caller is back.
        state = { ...state, quietSinceMs: nowMs };
        arm(nowMs + LOOK_AGAIN_MS);
        return;
      }
      // What the queue still holds will be heard, whatever was thought of its end: the far end may hold us.
      const queuedMs = media.queuedSamples / (SAMPLE_RATE_HZ / 1_000);
      const isAudible = queuedMs > 0 && nowMs + queuedMs > state.soundUntilMs && !isFilling();
      if (isAudible && state.burstMs > 0) {
        const untilMs = nowMs + queuedMs;
        state = { ...state, soundUntilMs: untilMs, quietSinceMs: Math.max(state.quietSinceMs, untilMs) };
      }
      const seen = look(state, nowMs);
      state = seen.state;
      if (seen.action === undefined) {
        arm(seen.lookAtMs);
        return;
      }
      act(seen.action);
    }
  }

  /** One timer, and it only ever fires too early: every frame of speech moves what it waits for further away. */
  function arm(atMs: number | undefined): void {
    if (atMs === undefined || (timer && timer.atMs <= atMs)) return;
    timer?.cancel();
    const cancel = clock.after(Math.max(0, atMs - clock.monotonicMs()), () => {
      timer = undefined;
      see();
    });
    timer = { atMs, cancel };
  }

  function act(action: WatchdogAction): void {
    switch (action) {
      case "prepare-filler":
        return fillers.prepare(nextFiller());
      case "filler":
        return void fill();
      case "ask-again":
        logger.warn("the model had nothing to say and is asked again");
        // What was said is part of the context only once the session has taken it as a turn.
        return ask(lastWords === undefined ? {} : { userInput: lastWords });
      case "resume":
        return resume();
      case "say-no-answer":
        if (!options.onNoAnswer()) session.say(sentences.noAnswer);
        return;
      case "say-unheard":
        return void session.say(sentences.unheard);
      case "stt-failed":
        return options.onFail(STT_FAILED, new Error("no words came of what the caller said"));
      case "llm-failed":
        return options.onFail(LLM_FAILED, new Error("no reply came"));
      case "tts-failed":
        return options.onFail(TTS_FAILED, new Error("no speech came of a reply"));
      case "hang-up":
        return options.onHangUp();
    }
  }

  function ask(request: Parameters<voice.AgentSession["generateReply"]>[0]): void {
    lastWords = undefined;
    session.generateReply(request);
  }

  function resume(): void {
    const greeting = configuration.first_message;
    if (greeting && !options.hasCallerSpoken()) session.say(greeting);
    else ask({ instructions: GO_ON });
  }

  const nextFiller = () => sentences.fillers[filled % sentences.fillers.length]!;
  /** Until its last sample has left, or the session's audio stands behind it: from then on it is that which is heard. */
  const isFilling = () =>
    filling !== undefined &&
    !filling.isFollowed &&
    (clock.monotonicMs() < filling.untilMs || media.queuedSamples > 0);

  async function fill(): Promise<void> {
    const sentence = nextFiller();
    filled++;
    const mine = { untilMs: Number.POSITIVE_INFINITY, isFollowed: false };
    filling = mine;
    const samples = await fillers.speak(sentence);
    const isWanted =
      filling === mine &&
      !mine.isFollowed &&
      !over.aborted &&
      !state.isCallerSpeaking &&
      media.queuedSamples === 0;
    if (!samples || !isWanted) {
      if (filling === mine) filling = undefined;
      if (!samples) tell({ type: "filler-failed" });
      return;
    }
    media.play(samples);
    mine.untilMs = clock.monotonicMs() + samples.length / (SAMPLE_RATE_HZ / 1_000);
    options.onFiller(sentence);
  }

  /** Nobody is talked over: a filler ends where the caller begins. What the session has queued is the session's. */
  function hush(): void {
    if (isFilling() && session.agentState !== "speaking") media.clearPlayout();
    filling = undefined;
  }

  function follow(): void {
    const { AgentSessionEventTypes: types } = voice;
    session.on(types.UserStateChanged, ({ newState }) => {
      if (newState === "speaking") {
        hush();
        tell({ type: "caller-speaking" });
      } else tell({ type: "caller-silent", endpointingMs });
    });
    session.on(types.ConversationItemAdded, ({ item }) => {
      if (item.type !== "message" || item.role !== "user") return;
      lastWords = undefined;
      tell({ type: "turn" });
    });
    session.on(types.SpeechCreated, ({ speechHandle }) => {
      tell({ type: "speech" });
      speechHandle.addDoneCallback(() => tell({ type: "speech-done" }));
    });
    options.output.onFrame = (durationMs) => {
      if (filling) filling.isFollowed = true;
      tell({ type: "sound", durationMs });
    };
    options.output.on(
      voice.AudioOutput.EVENT_PLAYBACK_FINISHED,
      ({ interrupted }: { interrupted: boolean }) => {
        if (interrupted) tell({ type: "cut-off" });
      },
    );
    followModels({ stt: options.stt, tts: session.tts });
    over.addEventListener("abort", () => timer?.cancel(), { once: true });
  }

  function followModels({ stt, tts }: { stt?: unknown; tts?: unknown }): void {
    if (stt instanceof TurnStt) {
      stt.onStarted = () => tell({ type: "recognising" });
      stt.onHeard = (text) => {
        if (text !== "") lastWords = text;
        tell({ type: "recognised", hasWords: text !== "" });
      };
    }
    if (tts instanceof SentenceTts) {
      tts.onSentence = () => tell({ type: "sentence" });
      tts.onSentenceDone = () => tell({ type: "sentence-done" });
    }
  }

  follow();
  return {
    async duringTool(run) {
      tell({ type: "tool" });
      try {
        return await run();
      } catch (error) {
        logger.error({ err: toError(error) }, "a tool failed unexpectedly");
        return { outcome: "error", error: "The tool failed: internal error." };
      } finally {
        tell({ type: "tool-done" });
      }
    },
    replyOwed: () => tell({ type: "turn" }),
    ending: () => tell({ type: "ending" }),
    follow: followModels,
  };
}

/**
 * The tools of a conversation, watched: a caller who waits for one is told so, and one that never settles ends as an
 * error that the model can speak of.
 */
export function watchedTools(
  request: {
    runTool: (toolCall: ToolCall, signal: AbortSignal) => Promise<ToolCallResult>;
    externalTools?: readonly ExternalTool[] | undefined;
  },
  watchdog: () => Watchdog,
  clock: Clock,
) {
  return {
    runTool(toolCall: ToolCall, signal: AbortSignal): Promise<ToolCallResult> {
      const run = () => request.runTool(toolCall, signal);
      // Nobody waits for the answer of one that is fire and forget (facts 1.7).
      if (toolCall.tool.kind === "webhook" && toolCall.tool.isAsync) return run();
      return watchdog().duringTool(() => settling(clock, WEBHOOK_SETTLES_WITHIN_MS, run));
    },
    externalTools: (request.externalTools ?? []).map((tool) => ({
      ...tool,
      run: (args: Record<string, unknown>, signal: AbortSignal) =>
        watchdog().duringTool(() => settling(clock, MCP_SETTLES_WITHIN_MS, () => tool.run(args, signal))),
    })),
  };
}

function settling(
  clock: Clock,
  withinMs: number,
  run: () => Promise<ToolCallResult>,
): Promise<ToolCallResult> {
  return within(clock, withinMs, run(), () => ({
    outcome: "error",
    error: `The tool did not answer within ${withinMs / 1_000} s.`,
  }));
}
