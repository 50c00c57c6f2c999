import { createHmac, timingSafeEqual } from "node:crypto";

/** Receivers refuse anything older or newer than this (facts 1.4), which is why every attempt is signed anew. */
export const MAX_AGE_SECONDS = 300;

/**
 * `sha256=` + hex HMAC-SHA256 over `<timestamp>.<body>` (facts 1.4). The key is the secret as text, as documented:
 * also a secret that begins with `whsec_` is used as it is written.
 *
 * @param timestampSeconds  the attempt's own time, Unix seconds
 * @param body              the exact bytes that are sent
 */
export function sign(secret: string, timestampSeconds: number, body: Buffer): string {
  return `sha256=${createHmac("sha256", secret).update(`${timestampSeconds}.`).update(body).digest("hex")}`;
}

/**
 * One signature of the Standard Webhooks specification: `v1,` + base64 HMAC-SHA256 over `<id>.<timestamp>.<body>`. A
 * secret `whsec_…` is the key in base64, as its libraries read it; any other is taken as it is written (their `raw`).
 */
export function signStandard(
  secret: string,
  eventId: string,
  timestampSeconds: number,
  body: Buffer,
): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice("whsec_".length), "base64") : secret;
  const hmac = createHmac("sha256", key).update(`${eventId}.${timestampSeconds}.`).update(body);
  return `v1,${hmac.digest("base64")}`;
}

const PRODUCT = "HMS-Sovereign/1.0";

/**
 * The headers of one attempt: the documented ones (seed: webhooks overview; facts 1.3; the page's `User-Assistant` is
 * sent beside `User-Agent`), and the three of Standard Webhooks. While a secret is being replaced, the documented
 * signature is the new secret's and `X-Webhook-Signature-Previous` the old one's; the standard header lists both.
 *
 * @param secrets     in clear, the current one first, at least one
 * @param deadlineMs  synchronous requests: how long the answer may take
 */
export function webhookHeaders(
  event: { id: string; type: string; body: Buffer },
  secrets: readonly string[],
  timestampSeconds: number,
  deadlineMs?: number,
): Record<string, string> {
  const { id, type, body } = event;
  const [current, previous] = secrets;
  if (current === undefined) throw new Error("a webhook cannot be sent without a secret");
  return {
    "Content-Type": "application/json",
    "User-Agent": PRODUCT,
    "User-Assistant": PRODUCT,
    "X-Webhook-Event": type,
    "X-Webhook-Timestamp": String(timestampSeconds),
    "X-Webhook-Signature": sign(current, timestampSeconds, body),
    ...(previous !== undefined && {
      "X-Webhook-Signature-Previous": sign(previous, timestampSeconds, body),
    }),
    "X-Webhook-Id": id,
    ...(deadlineMs !== undefined && { "X-Webhook-Deadline-Ms": String(Math.floor(deadlineMs)) }),
    "webhook-id": id,
    "webhook-timestamp": String(timestampSeconds),
    "webhook-signature": secrets.map((secret) => signStandard(secret, id, timestampSeconds, body)).join(" "),
  };
}

export type VerifyResult = "genuine" | "wrong-signature" | "too-old";

/** What a receiver does; ours in the demo and the tests. Compares in constant time. */
export function verifySignature(request: {
  secret: string;
  timestamp: string;
  signature: string;
  body: Buffer;
  nowSeconds: number;
}): VerifyResult {
  const timestampSeconds = Number(request.timestamp);
  if (!(Math.abs(request.nowSeconds - timestampSeconds) <= MAX_AGE_SECONDS)) return "too-old";
  const expected = Buffer.from(sign(request.secret, timestampSeconds, request.body));
  const given = Buffer.from(request.signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? "genuine" : "wrong-signature";
}
