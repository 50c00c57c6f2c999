import { expect, test } from "vitest";
import { recordingPolicy } from "./recording-policy.ts";

const on = { enabled: true };
const off = { enabled: false };
const consent = { enabled: true, message: "May we record?" };

test.each([
  // server default, direction, configuration
  [false, "inbound", {}, "never"],
  [true, "inbound", {}, "from-answer"],
  [false, "inbound", { recording: on }, "from-answer"],
  [true, "outbound", { recording: off }, "never"],
  [true, "inbound", { recording: null }, "from-answer"],
  // What a webhook's answer brings is not ours to trust.
  [false, "inbound", { recording: { enabled: "yes" } }, "never"],
  [false, "inbound", { recording: true }, "never"],
  [true, "inbound", { gdpr_mode: true }, "never"],
  [true, "inbound", { gdpr_mode: true, recording: on }, "never"],
  [true, "inbound", { recording_consent: consent }, "after-consent"],
  [false, "inbound", { recording_consent: consent }, "never"],
  [true, "inbound", { recording_consent: off }, "from-answer"],
  [true, "inbound", { recording_consent: consent, gdpr_mode: true }, "never"],
  [true, "outbound", { recording_consent: consent }, "from-answer"],
] as const)("default %s, %s, %j: %s", (isOnByDefault, direction, configuration, policy) => {
  expect(recordingPolicy(configuration, { isOnByDefault, direction })).toBe(policy);
});

test("a call without a configuration is not recorded", () => {
  expect(recordingPolicy(undefined, { isOnByDefault: true, direction: "inbound" })).toBe("never");
});
