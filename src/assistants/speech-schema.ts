import { z } from "zod";
import { numberFrom, wholeNumberFrom } from "../http/fields.ts";

const spoken = z.string().min(1).max(300);

const turnTaking = z
  .looseObject({
    endpointing_min_delay: numberFrom(0.1, 5).optional(),
    endpointing_max_delay: numberFrom(0.1, 5).optional(),
    interruption_min_duration: numberFrom(0.05, 2).optional(),
    interruption_min_words: wholeNumberFrom(0, 10).optional(),
    false_interruption_timeout: numberFrom(0.2, 5).nullable().optional(),
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
      clip: z.enum(["office", "city", "forest", "crowded_room"]).optional(),
      volume: numberFrom(0.05, 1).optional(),
    })
    .nullish(),
  silence: z
    .looseObject({
      messages: z.array(spoken).max(5).optional(),
      final_message: z.string().max(300).nullish(),
      first_check_seconds: numberFrom(1, 60).optional(),
      interval_seconds: numberFrom(3, 120).optional(),
      max_attempts: wholeNumberFrom(1, 10).optional(),
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
