import { z } from "zod";

/** `analysis_plan` (facts 4.5). Loose: a field that we do not know is kept and returned as it came. */
export const analysisSchema = z.looseObject({
  structured_data_plan: z
    .looseObject({
      enabled: z.boolean().optional(),
      /** JSON Schema of the result */
      schema: z.record(z.string(), z.unknown()).nullish(),
      messages: z.array(z.looseObject({ role: z.enum(["system", "user"]), content: z.string() })).nullish(),
    })
    .nullish(),
  min_messages_threshold: z.number().int().min(0).nullish(),
});
