import { defineWords } from "../language/language.ts";

/** What a caller waits for between their last sound and the first of the answer, in the order in which it happens. */
export const STAGES = [
  "stt_final_ms",
  "end_of_turn_wait_ms",
  "tool_ms",
  "llm_first_token_ms",
  "tts_first_audio_ms",
  "playout_start_ms",
] as const;

export const useStageWords = defineWords({
  en: {
    total_ms: "Total",
    stt_final_ms: "Recognition",
    end_of_turn_wait_ms: "End of turn",
    tool_ms: "Tools",
    llm_first_token_ms: "Model",
    tts_first_audio_ms: "Voice",
    playout_start_ms: "Sending",
  },
  nl: {
    total_ms: "Totaal",
    stt_final_ms: "Herkenning",
    end_of_turn_wait_ms: "Einde beurt",
    tool_ms: "Tools",
    llm_first_token_ms: "Model",
    tts_first_audio_ms: "Stem",
    playout_start_ms: "Versturen",
  },
});
