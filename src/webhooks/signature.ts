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
