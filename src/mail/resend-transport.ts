import { createHash } from "node:crypto";
import type { SendEmail } from "./mail-transport.ts";
import type { Resend } from "./resend.ts";

/**
 * E-mail by Resend, with an organization's key. A repeat has the same idempotency key, so that Resend sends it once
 * (it remembers for 24 h, as long as we try). Should the e-mail itself change in between, as its From does when a domain
 * is verified, so does the key: the same key with another body is refused.
 */
export function createResendTransport(resend: Resend, key: string): SendEmail {
  return async ({ id, from, sendTo, subject, text, html, signal }) => {
    const body = { from, to: [...sendTo], subject, text, html, headers: { "X-Entity-Ref-ID": id } };
    const digest = createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 16);
    const idempotencyKey = `${id}/${digest}`;
    const answer = await resend.call(key, "POST", "/emails", { body, idempotencyKey, signal });
    switch (answer.outcome) {
      case "ok":
        return { outcome: "sent" };
      case "unavailable":
        return failed(answer.message, false, answer.retryAfterMs);
      case "refused":
        return failed(answer.message, PERMANENT.has(answer.status));
    }
  };
}

/**
 * Refused for what is in it. A key that is wrong (401, 403), a domain that is not verified (403) and a request that is
 * still being worked on (409) can be right the next time.
 */
const PERMANENT = new Set([400, 413, 422]);

function failed(error: string, isPermanent: boolean, retryAfterMs?: number) {
  return {
    outcome: "failed",
    deliveredTo: [],
    error: `Resend: ${error}`,
    isPermanent,
    retryAfterMs,
  } as const;
}
