/**
 * Who must make a sound next, and by when. Pure: `watch` folds what happens into a state, `look` says what is due.
 *
 *              caller speaks
 *   quiet ◀────────────────────▶ caller speaking
 *     ▲                               │ falls silent
 *     │ assistant heard               ▼
 *     ├──────────────────────── hearing ── nothing was said ──▶ quiet, or resume (what noise cut off)
 *     │                               │ words
 *     │                               ▼
 *     ├──────────────────────── turn ── committed ──▶ reply ── no speech left, no sound ──▶ ask again, then say so
 *     │
 *     └── a speech or a tool in progress is waited for as well, whatever began it (the greeting, say)
 *
 * While somebody is waited for in silence: a filler after 2 s, no more than one in 7 s, and after 10 s of it the call
 * has failed, because of whoever was waited for; so has one whose recogniser owes its words for as long. Only what is
 * heard counts as sound: a server that drips a byte a second has said nothing.
 */
export const LIMITS = {
  /** The filler's voice is got ready while the reply still has its chance. */
  prepareAfterMs: 1_200,
  /** leaves half a second for the filler to be on the line within the 2.5 s that are promised */
  fillerAfterMs: 1_900,
  betweenFillersMs: 7_000,
  fillerAgainAfterMs: 1_000,
  /** of silence apart from fillers: nobody waits longer on a telephone, and no provider that is well needs it */
  giveUpAfterMs: 10_000,
  /** words came, and neither a turn nor a reply of them */
  turnLostAfterMs: 4_000,
  /** A session between two speeches looks like one that has dropped a reply. */
  replyLostAfterMs: 500,
  resumeAfterMs: 800,
  /** sound that makes up for a wait */
  heardMs: 100,
  goodbyeStartsWithinMs: 2_500,
} as const;

/** What is waited for after the caller has stopped speaking. */
type Need = "hearing" | "turn" | "reply" | "resume";

export interface WatchdogState {
  isCallerSpeaking: boolean;
  need: Need | undefined;
  needSinceMs: number;
  /** speeches of the session that are not done */
  speeches: number;
  /** when the last of them was done */
  speechDoneAtMs: number;
  tools: number;
  /** sentences given to the voice that are not spoken to their end */
  sentences: number;
  /** utterances given to the recogniser */
  recognitions: number;
  /** since when the recogniser has owed an answer, without one in between */
  recognisingSinceMs: number;
  /** when what has been given to playout will have been heard */
  soundUntilMs: number;
  burstMs: number;
  /** the present silence; fillers do not end it */
  quietSinceMs: number;
  lastFillerMs: number;
  isFillerPrepared: boolean;
  /** the assistant was cut off, or its reply dropped, by the sound that the caller makes or made last */
  isCutOff: boolean;
  wasAskedAgain: boolean;
  /** turns in a row that got no reply at all */
  lostTurns: number;
  isEnding: boolean;
}

export type WatchdogEvent =
  | { type: "caller-speaking" }
  /** @param endpointingMs  the turn is over when the caller has said nothing more for this long */
  | { type: "caller-silent"; endpointingMs: number }
  | { type: "recognising" }
  | { type: "recognised"; hasWords: boolean }
  /** the session took what was said as a turn */
  | { type: "turn" }
  | { type: "speech" }
  | { type: "speech-done" }
  | { type: "tool" }
  | { type: "tool-done" }
  | { type: "sentence" }
  | { type: "sentence-done" }
  /** audio of the session was given to playout */
  | { type: "sound"; durationMs: number }
  /** playout was cut off */
  | { type: "cut-off" }
  /** a filler was due, and there was no voice for it in time */
  | { type: "filler-failed" }
  /** the conversation is about to end: only last words are waited for */
  | { type: "ending" };

export type WatchdogAction =
  | "prepare-filler"
  | "filler"
  | "resume"
  | "ask-again"
  | "say-no-answer"
  | "say-unheard"
  | "stt-failed"
  | "llm-failed"
  | "tts-failed"
  /** The last words do not come: hanging up is better than silence. */
  | "hang-up";

export function startOfWatch(nowMs: number): WatchdogState {
  return {
    isCallerSpeaking: false,
    need: undefined,
    needSinceMs: nowMs,
    speeches: 0,
    speechDoneAtMs: nowMs,
    tools: 0,
    sentences: 0,
    recognitions: 0,
    recognisingSinceMs: nowMs,
    soundUntilMs: nowMs,
    burstMs: 0,
    quietSinceMs: nowMs,
    lastFillerMs: Number.NEGATIVE_INFINITY,
    isFillerPrepared: false,
    isCutOff: false,
    wasAskedAgain: false,
    lostTurns: 0,
    isEnding: false,
  };
}

const isBusy = (state: WatchdogState) => state.speeches > 0 || state.tools > 0;
const isWaiting = (state: WatchdogState) =>
  !state.isCallerSpeaking && (isBusy(state) || state.need !== undefined);

export function watch(state: WatchdogState, event: WatchdogEvent, nowMs: number): WatchdogState {
  const next = fold(state, event, nowMs);
  // A wait begins with the present: what came before it was nobody's turn.
  const hasBegun = isWaiting(next) && !isWaiting(state);
  return hasBegun ? { ...next, ...silenceFrom(Math.max(next.quietSinceMs, nowMs)) } : next;
}

function silenceFrom(sinceMs: number) {
  return { quietSinceMs: sinceMs, isFillerPrepared: false };
}

function needing(need: Need | undefined, nowMs: number) {
  return { need, needSinceMs: nowMs };
}

function fold(state: WatchdogState, event: WatchdogEvent, nowMs: number): WatchdogState {
  switch (event.type) {
    case "caller-speaking":
      return {
        ...state,
        isCallerSpeaking: true,
        // A reply that was on its way may be dropped by what is only a noise.
        isCutOff: state.isCutOff || state.need === "reply" || state.need === "resume",
        ...needing(undefined, nowMs),
      };
    case "caller-silent": {
      const fromMs = nowMs + event.endpointingMs;
      // Who is still heard was not interrupted: nothing is owed unless the session takes a turn of it.
      const isHeard = state.soundUntilMs > nowMs;
      return {
        ...state,
        isCallerSpeaking: false,
        ...needing(isHeard ? undefined : "hearing", fromMs),
        ...silenceFrom(Math.max(fromMs, state.soundUntilMs)),
      };
    }
    case "recognising": {
      const recognisingSinceMs = state.recognitions === 0 ? nowMs : state.recognisingSinceMs;
      return { ...state, recognitions: state.recognitions + 1, recognisingSinceMs };
    }
    case "recognised": {
      const recognitions = Math.max(0, state.recognitions - 1);
      const answered = { ...state, recognitions, recognisingSinceMs: nowMs };
      if (state.isCallerSpeaking || state.need !== "hearing") return answered;
      if (event.hasWords) return { ...answered, ...needing("turn", nowMs) };
      const owed = isBusy(state) ? "reply" : "resume";
      const need = state.isCutOff ? owed : undefined;
      return { ...answered, isCutOff: false, ...needing(need, nowMs) };
    }
    case "turn":
      return { ...state, isCutOff: false, wasAskedAgain: false, ...needing("reply", nowMs) };
    case "speech":
      return { ...state, speeches: state.speeches + 1 };
    case "speech-done":
      return { ...state, speeches: Math.max(0, state.speeches - 1), speechDoneAtMs: nowMs };
    case "tool":
      return { ...state, tools: state.tools + 1 };
    case "tool-done":
      // From here on it is the model again that is waited for: it has its own time.
      return {
        ...state,
        tools: Math.max(0, state.tools - 1),
        ...silenceFrom(Math.max(state.soundUntilMs, nowMs)),
      };
    case "sentence":
      return { ...state, sentences: state.sentences + 1 };
    case "sentence-done":
      return { ...state, sentences: Math.max(0, state.sentences - 1) };
    case "sound":
      return heard(state, event.durationMs, nowMs);
    case "cut-off":
      return {
        ...state,
        soundUntilMs: nowMs,
        isCutOff: state.isCutOff || state.isCallerSpeaking,
        ...silenceFrom(nowMs),
      };
    case "filler-failed":
      return { ...state, lastFillerMs: nowMs - LIMITS.betweenFillersMs + LIMITS.fillerAgainAfterMs };
    case "ending":
      return { ...state, isEnding: true, ...silenceFrom(Math.max(state.soundUntilMs, nowMs)) };
  }
}

function heard(state: WatchdogState, durationMs: number, nowMs: number): WatchdogState {
  const isSameBurst = nowMs - state.soundUntilMs < LIMITS.heardMs;
  const burstMs = (isSameBurst ? state.burstMs : 0) + durationMs;
  const soundUntilMs = Math.max(state.soundUntilMs, nowMs) + durationMs;
  if (burstMs < LIMITS.heardMs) return { ...state, burstMs, soundUntilMs };
  const isAnswer = state.need !== undefined && !state.isCallerSpeaking;
  return {
    ...state,
    burstMs,
    soundUntilMs,
    ...silenceFrom(soundUntilMs),
    ...(isAnswer && { ...needing(undefined, nowMs), lostTurns: 0 }),
  };
}

/**
 * What is due now, and when to look again. The state that comes back remembers that it was said.
 * @returns `lookAtMs` undefined: nobody is waited for, the next event will tell
 */
export function look(
  state: WatchdogState,
  nowMs: number,
): { state: WatchdogState; action: WatchdogAction | undefined; lookAtMs: number | undefined } {
  const due = duties(state)
    .toSorted((a, b) => a.atMs - b.atMs)
    .at(0);
  if (!due) return { state, action: undefined, lookAtMs: undefined };
  if (due.atMs > nowMs) return { state, action: undefined, lookAtMs: due.atMs };
  return { state: done(state, due.action, nowMs), action: due.action, lookAtMs: nowMs };
}

interface Duty {
  atMs: number;
  action: WatchdogAction;
}

function duties(state: WatchdogState): Duty[] {
  const { quietSinceMs, need, needSinceMs } = state;
  if (state.isEnding) {
    return [{ atMs: quietSinceMs + LIMITS.goodbyeStartsWithinMs, action: "hang-up" }];
  }
  if (!isWaiting(state)) {
    // Who spoke into a reply that went on has been heard by nobody so far.
    const owesWords = state.recognitions > 0 && !state.isCallerSpeaking;
    return owesWords ? [{ atMs: state.recognisingSinceMs + LIMITS.giveUpAfterMs, action: "stt-failed" }] : [];
  }
  const result: Duty[] = [];
  const fillerAtMs = Math.max(
    quietSinceMs + LIMITS.fillerAfterMs,
    state.lastFillerMs + LIMITS.betweenFillersMs,
  );
  result.push({ atMs: fillerAtMs, action: "filler" });
  if (!state.isFillerPrepared) {
    const leadMs = LIMITS.fillerAfterMs - LIMITS.prepareAfterMs;
    result.push({ atMs: fillerAtMs - leadMs, action: "prepare-filler" });
  }
  // A tool has its own limit, after which the model is told.
  if (state.tools === 0) {
    result.push({ atMs: quietSinceMs + LIMITS.giveUpAfterMs, action: culprit(state) });
  }
  if (isBusy(state)) return result;
  const idleSinceMs = Math.max(needSinceMs, state.speechDoneAtMs);
  if (need === "reply") {
    result.push({ atMs: idleSinceMs + LIMITS.replyLostAfterMs, action: lostReply(state) });
  } else if (need === "turn") {
    result.push({ atMs: idleSinceMs + LIMITS.turnLostAfterMs, action: lostReply(state) });
  } else if (need === "resume") {
    result.push({ atMs: idleSinceMs + LIMITS.resumeAfterMs, action: "resume" });
  } else if (need === "hearing" && state.recognitions === 0) {
    result.push({ atMs: idleSinceMs + LIMITS.turnLostAfterMs, action: "say-unheard" });
  }
  return result;
}

function culprit(state: WatchdogState): WatchdogAction {
  if (state.sentences > 0) return "tts-failed";
  return state.need === "hearing" && !isBusy(state) ? "stt-failed" : "llm-failed";
}

/** Once more, then a sentence; a model that has nothing to say in the next turn either has failed. */
function lostReply(state: WatchdogState): WatchdogAction {
  if (!state.wasAskedAgain) return "ask-again";
  return state.lostTurns > 0 ? "llm-failed" : "say-no-answer";
}

function done(state: WatchdogState, action: WatchdogAction, nowMs: number): WatchdogState {
  switch (action) {
    case "prepare-filler":
      return { ...state, isFillerPrepared: true };
    case "filler":
      return { ...state, lastFillerMs: nowMs, isFillerPrepared: false };
    case "ask-again":
    case "resume":
      return { ...state, wasAskedAgain: true, ...needing("reply", nowMs) };
    case "say-no-answer":
      return { ...state, ...needing(undefined, nowMs), lostTurns: state.lostTurns + 1 };
    case "say-unheard":
      return { ...state, ...needing(undefined, nowMs) };
    case "stt-failed":
    case "llm-failed":
    case "tts-failed":
    case "hang-up":
      // The end is taken care of by others from here.
      return { ...startOfWatch(nowMs), lastFillerMs: Number.POSITIVE_INFINITY };
  }
}
