import { z } from "zod";
import type { TransferRequest } from "../conversation/conversation.ts";
import { isE164 } from "../numbers/e164.ts";
import {
  DEFAULT_ACCEPT_DIGIT,
  DEFAULT_REJECT_DIGIT,
  DIGIT,
  isSipUri,
} from "../assistants/transfer-destination.ts";

const words = z.string().min(1).max(10_000);
const key = z.string().regex(DIGIT, "must be one key: 0 to 9, * or #");

/** Facts 2.3; what belongs to warm transfers is ours. The helpers of the official client always send every field (facts 14.5). */
export const controlBody = z.discriminatedUnion("type", [
  z.object({ type: z.literal("inject-context"), content: words, trigger_response: z.boolean() }),
  z.object({ type: z.literal("say"), content: words, end_after: z.boolean() }),
  z.object({ type: z.literal("end-call"), message: words.nullish() }),
  z
    .object({
      type: z.literal("transfer"),
      destination: z
        .string()
        .max(255)
        .refine(
          (text) => isE164(text) || isSipUri(text),
          "must be a number in E.164, such as +31850835037, or a SIP URI",
        ),
      message: words.nullish(),
      mode: z.enum(["cold", "warm"]).nullish(),
      accept_digit: key.nullish(),
      reject_digit: key.nullish(),
      briefing: words.nullish(),
      accept_prompt: words.nullish(),
    })
    .refine(
      (body) => (body.accept_digit ?? DEFAULT_ACCEPT_DIGIT) !== (body.reject_digit ?? DEFAULT_REJECT_DIGIT),
      { path: ["reject_digit"], message: "must be another key than accept_digit" },
    ),
]);

/** What somebody outside wants of a call in progress, as it came: it also travels between processes like this. */
export type CallCommand = z.output<typeof controlBody>;

export type CommandAnswer =
  /** it is carried out, and what comes of it is heard in the call */
  | { outcome: "taken" }
  /** `detail` for the API: "The call is being transferred" */
  | { outcome: "refused"; detail: string };

export function toTransferRequest(command: Extract<CallCommand, { type: "transfer" }>): TransferRequest {
  return {
    destination: command.destination,
    announcement: command.message ?? undefined,
    warm:
      command.mode === "warm"
        ? {
            acceptDigit: command.accept_digit ?? DEFAULT_ACCEPT_DIGIT,
            rejectDigit: command.reject_digit ?? DEFAULT_REJECT_DIGIT,
            briefing: command.briefing ?? undefined,
            prompt: command.accept_prompt ?? undefined,
          }
        : undefined,
  };
}
