import type { AssistantConfiguration } from "../assistants/configuration.ts";

/** Nothing of what is said in this call may be kept or told: no transcript, summary, analysis or recording. */
export function isInGdprMode(configuration: AssistantConfiguration | null | undefined): boolean {
  return configuration?.["gdpr_mode"] === true;
}
