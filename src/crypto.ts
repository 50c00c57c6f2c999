import { createHash, randomBytes } from "node:crypto";

/** API keys are 256 random bits, so a plain hash is enough: there is no dictionary to try. */
export function hashApiKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/** A new API key; the prefix `fl_` is the one documented (facts 12.1). */
export function newApiKey(): string {
  return `fl_${randomBytes(32).toString("base64url")}`;
}

/** A new webhook secret, in the form that the Standard Webhooks libraries take. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString("base64")}`;
}
