import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/**
 * URLs that play a recording without an API key: whoever has one may listen until it expires. Nothing is stored: the
 * signature is over id and expiry, with a key derived from the installation's secret. Pure but for the time.
 */
export interface RecordingUrls {
  /** A fresh one. */
  urlOf(recordingId: string): string;
  check(recordingId: string, query: { expires: string; signature: string }): "genuine" | "expired" | "forged";
}

/**
 * @param secretKeys  the current one first; URLs that an earlier key has signed stay good while it is being replaced
 * @param baseUrl     how others reach this server, without a slash at its end
 */
export function createRecordingUrls(options: {
  secretKeys: readonly Buffer[];
  baseUrl: () => string;
  ttlSeconds: number;
  now: () => Date;
}): RecordingUrls {
  // A key of its own: one that leaks by whatever way does not open the sealed secrets.
  const keys = options.secretKeys.map((secret) =>
    Buffer.from(hkdfSync("sha256", secret, "", "switchhook recording url", 32)),
  );
  const nowSeconds = () => Math.floor(options.now().getTime() / 1_000);
  const sign = (key: Buffer, id: string, expires: string) =>
    createHmac("sha256", key).update(`${id}\n${expires}`).digest();

  return {
    urlOf(recordingId) {
      const expires = String(nowSeconds() + options.ttlSeconds);
      const signature = sign(keys[0]!, recordingId, expires).toString("base64url");
      return `${options.baseUrl()}/recordings/${recordingId}?expires=${expires}&signature=${signature}`;
    },
    check(recordingId, { expires, signature }) {
      const given = Buffer.from(signature, "base64url");
      const isGenuine = keys.some((key) => {
        const expected = sign(key, recordingId, expires);
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
      // In this order: of a forged one it is nobody's business whether it would have expired.
      if (!isGenuine) return "forged";
      return Number(expires) > nowSeconds() ? "genuine" : "expired";
    },
  };
}
