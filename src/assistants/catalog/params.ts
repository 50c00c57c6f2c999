import type { Range } from "./range.ts";

/** Every numeric setting (facts 4.1 to 4.4, 15.6), by the block that it stands in. The schemas read these. */
export const PARAMS = {
  llm: {
    temperature: { min: 0, max: 2, default: 0.7 },
    max_completion_tokens: { min: 1, max: 32_768, integer: true, unit: "tokens" },
    max_output_tokens: { min: 1, max: 32_768, integer: true, unit: "tokens" },
  },
  xai_realtime: {
    threshold: { min: 0, max: 1, default: 0.5, clamped: true },
    prefix_padding_ms: { min: 0, max: 2_000, default: 300, clamped: true, unit: "milliseconds" },
    silence_duration_ms: { min: 100, max: 2_000, default: 200, clamped: true, unit: "milliseconds" },
    idle_timeout_ms: { min: 0, max: 30_000, default: 0, clamped: true, unit: "milliseconds" },
    speed: { min: 0.7, max: 1.5, default: 1 },
    max_num_results: { min: 1, max: 50, integer: true },
  },
  deepgram: {
    endpointing: { min: 0, max: 5_000, integer: true, unit: "milliseconds" },
    utterance_end_ms: { min: 1_000, max: 5_000, integer: true, unit: "milliseconds" },
  },
  gladia: { endpointing: { min: 0.01, max: 1, unit: "seconds" } },
  tts: {
    stability: { min: 0, max: 1 },
    similarity_boost: { min: 0, max: 1 },
    style: { min: 0, max: 1 },
    speed: { min: 0.5, max: 2 },
    speaking_rate: { min: 0.25, max: 2, default: 1 },
  },
  turn_taking: {
    endpointing_min_delay: { min: 0.1, max: 5, default: 0.4, unit: "seconds" },
    endpointing_max_delay: { min: 0.1, max: 5, default: 2, unit: "seconds" },
    interruption_min_duration: { min: 0.05, max: 2, default: 0.3, unit: "seconds" },
    interruption_min_words: { min: 0, max: 10, default: 0, integer: true, unit: "words" },
    false_interruption_timeout: { min: 0.2, max: 5, default: 1.5, unit: "seconds" },
  },
  background_audio: { volume: { min: 0.05, max: 1, default: 0.3 } },
  silence: {
    first_check_seconds: { min: 1, max: 60, default: 3, unit: "seconds" },
    interval_seconds: { min: 3, max: 120, default: 12, unit: "seconds" },
    max_attempts: { min: 1, max: 10, default: 3, integer: true, unit: "attempts" },
  },
} as const satisfies Record<string, Record<string, Range>>;

export const BACKGROUND_CLIPS = ["office", "city", "forest", "crowded_room"] as const;
