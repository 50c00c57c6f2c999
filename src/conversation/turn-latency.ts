/**
 * How long a caller waited for an answer, and what for. The parts add up to the whole by construction: they are the
 * distances between moments that follow each other. Pure but for the time that it is told.
 */
export interface TurnLatency {
  /** when the caller stopped speaking, in Unix milliseconds */
  endOfSpeechAt: number;
  /** from there to the first sound of the answer */
  totalMs: number;
  stages: {
    /** until the last words were recognized */
    sttFinalMs: number;
    /** until it was certain that the caller had finished */
    endOfTurnWaitMs: number;
    toolMs: number;
    /** the model, its tools' time taken out */
    llmFirstTokenMs: number;
    ttsFirstAudioMs: number;
    playoutStartMs: number;
  };
}

/** Moments in Unix milliseconds; what was not seen is undefined, and its part goes to the next. */
export interface TurnMoments {
  endOfSpeechAt: number;
  transcriptAt: number | undefined;
  endOfTurnAt: number | undefined;
  tools: readonly { startedAt: number; endedAt: number }[];
  firstTokenAt: number | undefined;
  firstAudioAt: number | undefined;
  playoutAt: number;
}

export function turnLatency(moments: TurnMoments): TurnLatency {
  const { endOfSpeechAt } = moments;
  const playoutAt = Math.max(moments.playoutAt, endOfSpeechAt);
  let reachedAt = endOfSpeechAt;
  /** What is told out of order (a model that began before the turn was over) took no time of the caller's. */
  function until(at: number | undefined): number {
    const next = Math.min(Math.max(at ?? reachedAt, reachedAt), playoutAt);
    const tookMs = next - reachedAt;
    reachedAt = next;
    return tookMs;
  }

  const sttFinalMs = until(moments.transcriptAt);
  const endOfTurnWaitMs = until(moments.endOfTurnAt);
  const fromAt = reachedAt;
  const modelAndToolsMs = until(moments.firstTokenAt);
  const toolMs = Math.min(modelAndToolsMs, unionMs(moments.tools, fromAt, reachedAt));
  return {
    endOfSpeechAt,
    totalMs: playoutAt - endOfSpeechAt,
    stages: {
      sttFinalMs,
      endOfTurnWaitMs,
      toolMs,
      llmFirstTokenMs: modelAndToolsMs - toolMs,
      ttsFirstAudioMs: until(moments.firstAudioAt),
      playoutStartMs: until(playoutAt),
    },
  };
}

/** Tools may run at the same time: that time counts once. */
function unionMs(spans: TurnMoments["tools"], fromAt: number, untilAt: number): number {
  let [totalMs, reachedAt] = [0, fromAt];
  for (const { startedAt, endedAt } of spans.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const start = Math.max(startedAt, reachedAt);
    const end = Math.min(endedAt, untilAt);
    if (end > start) totalMs += end - start;
    reachedAt = Math.max(reachedAt, end);
  }
  return totalMs;
}

/** As much of LiveKit's metrics as is needed; times in milliseconds, `timestamp` at the end of what was measured. */
export type SessionMetrics =
  | {
      type: "eou_metrics";
      lastSpeakingTimeMs: number;
      transcriptionDelayMs: number;
      endOfUtteranceDelayMs: number;
    }
  | { type: "llm_metrics"; timestamp: number; durationMs: number; ttftMs: number; cancelled: boolean }
  | { type: "tts_metrics"; timestamp: number; durationMs: number; ttfbMs: number; cancelled: boolean };

/** Puts together what a session tells of its turns, in whatever order it does. */
export interface TurnLatencies {
  /** Others than those above are passed over. */
  measured(metrics: { type: string }): void;
  /** The assistant's first sound, and its last. */
  assistantSpeaks(): void;
  assistantIsSilent(): void;
  /** Measures a tool. */
  during<T>(run: () => Promise<T>): Promise<T>;
  /** The conversation is over. */
  end(): void;
}

export function createTurnLatencies(options: {
  nowMs: () => number;
  onTurn: (turn: TurnLatency) => void;
}): TurnLatencies {
  let open: (Omit<TurnMoments, "playoutAt" | "tools"> & { playoutAt: number | undefined }) | undefined;
  let tools: { startedAt: number; endedAt: number }[] = [];

  /** Metrics of model and voice come when they have ended, which may be while the answer is heard. */
  function finish(): void {
    if (open?.playoutAt !== undefined)
      options.onTurn(turnLatency({ ...open, playoutAt: open.playoutAt, tools }));
    open = undefined;
    tools = [];
  }

  return {
    measured(told) {
      const metrics = told as SessionMetrics;
      if (metrics.type === "eou_metrics") {
        finish();
        // 0: no end of speech was seen, as for a text that nobody spoke.
        if (!(metrics.lastSpeakingTimeMs > 0)) return;
        const endOfSpeechAt = metrics.lastSpeakingTimeMs;
        open = {
          endOfSpeechAt,
          transcriptAt: endOfSpeechAt + metrics.transcriptionDelayMs,
          endOfTurnAt: endOfSpeechAt + metrics.endOfUtteranceDelayMs,
          firstTokenAt: undefined,
          firstAudioAt: undefined,
          playoutAt: undefined,
        };
        return;
      }
      if (!open) return;
      if (metrics.type === "llm_metrics" && metrics.ttftMs >= 0) {
        const firstTokenAt = metrics.timestamp - metrics.durationMs + metrics.ttftMs;
        // Of several (one before a tool, one after it) the last before the sound is the one that spoke.
        if (open.playoutAt === undefined || firstTokenAt <= open.playoutAt) {
          open.firstTokenAt = Math.max(open.firstTokenAt ?? 0, firstTokenAt);
        }
      }
      if (metrics.type === "tts_metrics" && metrics.ttfbMs >= 0) {
        const firstAudioAt = metrics.timestamp - metrics.durationMs + metrics.ttfbMs;
        open.firstAudioAt = Math.min(open.firstAudioAt ?? firstAudioAt, firstAudioAt);
      }
    },
    assistantSpeaks() {
      if (open) open.playoutAt ??= options.nowMs();
    },
    assistantIsSilent: finish,
    async during(run) {
      const startedAt = options.nowMs();
      try {
        return await run();
      } finally {
        tools.push({ startedAt, endedAt: options.nowMs() });
      }
    },
    end: finish,
  };
}
