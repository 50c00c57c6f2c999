import type { voice } from "@livekit/agents";
import { PARAMS } from "../assistants/catalog/params.ts";

/** The documented defaults and ranges of `speech_config.turn_taking` (facts 4.4), in the session's units. Pure. */
const SECOND_MS = 1_000;

export function turnHandlingOf(speechConfig: Record<string, unknown> | null | undefined) {
  const given = (speechConfig?.["turn_taking"] ?? {}) as Record<string, unknown>;
  const numberOf = (name: keyof typeof PARAMS.turn_taking) => {
    const value = given[name];
    return typeof value === "number" ? value : PARAMS.turn_taking[name].default;
  };
  const seconds = (name: keyof typeof PARAMS.turn_taking) => numberOf(name) * SECOND_MS;
  const minDelay = seconds("endpointing_min_delay");
  return {
    // By voice activity alone: the end-of-turn model needs a job runner that we do not have.
    turnDetection: "vad" as const,
    endpointing: {
      mode: "fixed" as const,
      minDelay,
      maxDelay: Math.max(minDelay, seconds("endpointing_max_delay")),
    },
    interruption: {
      enabled: true,
      mode: "vad" as const,
      minDuration: seconds("interruption_min_duration"),
      minWords: numberOf("interruption_min_words"),
      // Voice that no words come of (a cough, a door) only holds the assistant up: it goes on where it stopped.
      resumeFalseInterruption: given["false_interruption_timeout"] !== null,
      falseInterruptionTimeout: seconds("false_interruption_timeout"),
    },
    preemptiveGeneration: { enabled: false },
  } satisfies Partial<voice.AgentSessionOptions["turnHandling"]>;
}
