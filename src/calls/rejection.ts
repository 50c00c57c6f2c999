import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { LegMedia } from "../telephony/carrier.ts";
import type { CallContext, ClosedCall } from "./call-context.ts";

/**
 * The call is refused with a text: the webhook's (facts 1.6), or ours where no minutes are left (facts 12.4). The caller
 * hears it, then the call ends. It was never in progress.
 */
export async function speakRejection(
  context: CallContext,
  media: LegMedia,
  rejection: {
    text: string;
    configuration: AssistantConfiguration | undefined;
    reason: "rejected_by_webhook" | "insufficient_credits";
  },
): Promise<ClosedCall> {
  const { leg, speech, over, tell, logger } = context;
  const { text, configuration, reason } = rejection;
  tell({ type: "message", role: "assistant", content: text });
  context.text?.send({ segmentId: "rejection", speaker: "assistant", text, isFinal: true });
  const spoken = await speech.speakText({
    text,
    configuration: configuration ?? {},
    media,
    signal: over,
  });
  if (spoken.outcome === "failed") logger.warn({ error: spoken.error }, "a rejection could not be spoken");
  await leg.hangUp();
  return {
    status: "rejected",
    reason,
    error: reason === "insufficient_credits" ? "Insufficient credits" : text,
    messages: [{ role: "assistant", content: text }],
    configuration,
  };
}
