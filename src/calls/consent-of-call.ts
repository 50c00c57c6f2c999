import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { LegMedia } from "../telephony/carrier.ts";
import { endOfLeg, type CallContext, type ClosedCall } from "./call-context.ts";
import { saveDecision } from "./call-store.ts";
import { askForConsent, consentMessageOf, type ConsentResult } from "./recording-consent.ts";

/**
 * The consent step of an answered call. Its evidence (outcome, key, moment) is kept with the call's own copy of the
 * configuration, as `recording_consent.answer`: it is no content, so it outlives the transcript's retention, and every
 * later event shows it in `assistant`. A crash before the answer is written leaves a call without consent.
 *
 * @returns how the call ends without consent; undefined when the conversation may begin
 */
export async function withoutConsent(
  context: CallContext,
  configuration: AssistantConfiguration,
  media: LegMedia,
): Promise<ClosedCall | undefined> {
  const { call, leg, ports, speech, stop, tell, logger } = context;
  const message = consentMessageOf(configuration);
  // Inbound telephone calls only (facts 11.3): who is called, or clicks, is asked by other means.
  if (message === undefined || call.direction !== "inbound") return undefined;
  const result = await askForConsent({
    message,
    speak: (text, signal) => speech.speakText({ text, configuration, media, signal }),
    onDigit: (listener) => media.onDigit(listener),
    clock: ports.clock,
    over: context.over,
  });
  const digit = "digit" in result ? result.digit : undefined;
  tell({ type: "consent", outcome: result.outcome, digit });
  logger.info(
    { consent: result.outcome, ...(digit !== undefined && { pii: { digit } }) },
    "recording consent",
  );
  keepEvidence(context, configuration, result);
  if (result.outcome === "agreed") return undefined;

  const silent = { messages: [], configuration };
  switch (result.outcome) {
    case "declined":
      await leg.hangUp();
      return { status: "ended", reason: "consent_declined", ...silent };
    case "unanswered":
      await leg.hangUp();
      return { status: "ended", reason: "consent_timeout", ...silent };
    case "unspoken":
      await leg.hangUp();
      return { status: "ended-with-error", reason: "error", error: result.error, ...silent };
    case "gone":
      if (!stop.aborted) return { ...endOfLeg(await leg.ended, "user_hangup"), ...silent };
      await leg.hangUp();
      return { status: "ended", reason: "server_shutdown", ...silent };
  }
}

function keepEvidence(
  { call, ports, writer }: CallContext,
  configuration: AssistantConfiguration,
  result: ConsentResult,
): void {
  if (!("at" in result)) return;
  const answer = {
    outcome: result.outcome,
    digit: "digit" in result ? result.digit : null,
    at: result.at.toISOString(),
  };
  const consent = configuration["recording_consent"] as Record<string, unknown>;
  void writer
    .write("consent", () =>
      saveDecision(ports.db, call.id, {
        configuration: { ...configuration, recording_consent: { ...consent, answer } },
      }),
    )
    .catch(() => undefined);
}
