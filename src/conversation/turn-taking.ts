import type { voice } from "@livekit/agents";

/** The documented defaults and ranges of `speech_config.turn_taking` (facts 4.4), in the session's units. Pure. */
const SECOND_MS = 1_000;

export function turnHandlingOf(speechConfig: Record<string, unknown> | null | undefined) {
  const given = (speechConfig?.["turn_taking"] ?? {}) as Record<string, unknown>;
  const seconds = (name: string, fallback: number) => {
    const value = given[name];
    return (typeof value === "number" ? value : fallback) * SECOND_MS;
  };
  const minWords = given["interruption_min_words"];
  const minDelay = seconds("endpointing_min_delay", 0.4);
  return {
    // By voice activity alone: the end-of-turn model needs a job runner that we do not have.
    turnDetection: "vad" as const,
    endpointing: {
      mode: "fixed" as const,
      minDelay,
      maxDelay: Math.max(minDelay, seconds("endpointing_max_delay", 2)),
    },
    interruption: {
      enabled: true,
      mode: "vad" as const,
      minDuration: seconds("interruption_min_duration", 0.3),
      minWords: typeof minWords === "number" ? minWords : 0,
      // Our playout cannot pause, so there is nothing to resume: what was cut stays cut.
      resumeFalseInterruption: false,
    },
    preemptiveGeneration: { enabled: false },
  } satisfies Partial<voice.AgentSessionOptions["turnHandling"]>;
}
