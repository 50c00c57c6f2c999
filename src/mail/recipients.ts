import type { AssistantConfiguration } from "../assistants/configuration.ts";

/** Facts 2.2: "up to five addresses". */
const MOST_RECIPIENTS = 5;

/**
 * Who gets the report by e-mail: `notification_email` and `notification_emails` together, each once. Addresses that
 * differ in case only are one: no mail system of today tells them apart.
 *
 * A configuration that a webhook brought is checked loosely, so what is no address is left out here.
 */
export function recipientsOf(configuration: AssistantConfiguration | null): string[] {
  const { notification_email: one, notification_emails: several } = configuration ?? {};
  const recipients = new Map<string, string>();
  for (const candidate of [one, ...(Array.isArray(several) ? (several as unknown[]) : [])]) {
    if (typeof candidate !== "string") continue;
    const address = candidate.trim();
    if (!ADDRESS.test(address)) continue;
    const key = address.toLowerCase();
    if (!recipients.has(key)) recipients.set(key, address);
  }
  return [...recipients.values()].slice(0, MOST_RECIPIENTS);
}

/** Strict enough that nothing of it can be read as a second address or a header. */
const ADDRESS = /^[^\s<>,;:"()[\]@\\]{1,64}@[^\s<>,;:"()[\]@\\]{1,255}$/;
