import { z } from "zod";
import { BACKGROUND_CLIPS, PARAMS } from "./catalog/params.ts";
import { inRange } from "./catalog/range.ts";

const spoken = z.string().min(1).max(300);

const turnTakingParams = PARAMS.turn_taking;
const turnTaking = z
  .looseObject({
    endpointing_min_delay: inRange(turnTakingParams.endpointing_min_delay).optional(),
    endpointing_max_delay: inRange(turnTakingParams.endpointing_max_delay).optional(),
    interruption_min_duration: inRange(turnTakingParams.interruption_min_duration).optional(),
    interruption_min_words: inRange(turnTakingParams.interruption_min_words).optional(),
    false_interruption_timeout: inRange(turnTakingParams.false_interruption_timeout).nullable().optional(),
  })
  .refine(
    ({ endpointing_min_delay: least, endpointing_max_delay: most }) =>
      least === undefined || most === undefined || most >= least,
    { path: ["endpointing_max_delay"], message: "must be at least endpointing_min_delay" },
  );

/** `speech_config` (facts 4.4). All seconds. Loose: a field that we do not know is kept and returned as it came. */
export const speechSchema = z.looseObject({
  turn_taking: turnTaking.nullish(),
  pronunciation: z
    .array(z.looseObject({ from: z.string().min(1).max(64), to: z.string().max(128) }))
    .max(50)
    .nullish(),
  background_audio: z
    .looseObject({
      enabled: z.boolean().optional(),
      clip: z.enum(BACKGROUND_CLIPS).optional(),
      volume: inRange(PARAMS.background_audio.volume).optional(),
    })
    .nullish(),
  silence: z
    .looseObject({
      messages: z.array(spoken).max(5).optional(),
      final_message: z.string().max(300).nullish(),
      first_check_seconds: inRange(PARAMS.silence.first_check_seconds).optional(),
      interval_seconds: inRange(PARAMS.silence.interval_seconds).optional(),
      max_attempts: inRange(PARAMS.silence.max_attempts).optional(),
    })
    .nullish(),
  end_call_message: z.string().max(300).nullish(),
  first_message_outbound: z.string().max(300).nullish(),
  end_call_phrases: z
    .array(
      z
        .string()
        .max(100)
        .refine(
          (phrase) => (phrase.match(/[\p{L}\p{N}]/gu) ?? []).length >= 2,
          "must have at least 2 letters or digits",
        ),
    )
    .max(5)
    .nullish(),
});
