import type { AssistantConfiguration } from "../assistants/configuration.ts";

/** When a call is recorded: from the answer on, once the caller has consented, or never. */
export type RecordingPolicy = "never" | "from-answer" | "after-consent";

/**
 * The contract has no switch for it ("only when recording is enabled", facts 1.9): the server's default, which an
 * assistant's `recording.enabled` overrides (docs/decisions/0033). GDPR mode goes before both (facts 11.4). An assistant
 * that asks for consent records nothing before it is given (facts 11.3): fails closed where nobody asks. Pure.
 */
export function recordingPolicy(
  configuration: AssistantConfiguration | undefined,
  options: { isOnByDefault: boolean; direction: "inbound" | "outbound" | "web" },
): RecordingPolicy {
  if (!configuration || configuration["gdpr_mode"] === true) return "never";
  const own = isEnabled(configuration["recording"]);
  if (!(own ?? options.isOnByDefault)) return "never";
  // Consent is asked on inbound phone calls only.
  const asks = options.direction === "inbound" && isEnabled(configuration["recording_consent"]) === true;
  return asks ? "after-consent" : "from-answer";
}

function isEnabled(block: unknown): boolean | undefined {
  const enabled =
    typeof block === "object" && block !== null && "enabled" in block ? block.enabled : undefined;
  return typeof enabled === "boolean" ? enabled : undefined;
}
