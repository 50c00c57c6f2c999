import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Nonces that need no memory (RFC 7616, 3.3): the time, and a keyed hash of it and the client's address. What is
 * remembered is which counts were used, of nonces whose answers were right, so that a recorded INVITE cannot be played
 * again; an attacker without a password cannot make that grow. Pure.
 */
export interface Nonces {
  issue(address: string): string;
  check(nonce: string, address: string): "fresh" | "stale" | "forged";
  /**
   * Notes the use of a nonce count by an answer that was right.
   * @param who  the transaction and where it came from: a repeat over UDP is no second use
   * @returns false: this count was used before by another, or too much is remembered to know
   */
  use(nonce: string, nonceCount: string, who: string): boolean;
}

/** As long as the answer to a challenge may take over the worst network, and as few recorded ones as possible live. */
const LIFETIME_MS = 60_000;
const MOST_REMEMBERED = 20_000;

/** @param secret  of this process; answers to another's challenges are told to be stale, and come again */
export function createNonces(options: { secret: Buffer; nowMs: () => number }): Nonces {
  /** by nonce and count; the oldest first */
  const used = new Map<string, { who: string; atMs: number }>();

  const hashOf = (time: string, address: string) =>
    createHmac("sha256", options.secret).update(`${time}|${address}`).digest("base64url").slice(0, 27);

  return {
    issue(address) {
      const time = Math.floor(options.nowMs()).toString(36);
      return `${time}.${hashOf(time, address)}`;
    },
    check(nonce, address) {
      const [time = "", hash = ""] = nonce.split(".");
      const wanted = Buffer.from(hashOf(time, address));
      const given = Buffer.from(hash);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return "forged";
      const ageMs = options.nowMs() - Number.parseInt(time, 36);
      return ageMs >= 0 && ageMs <= LIFETIME_MS + 1 ? "fresh" : "stale";
    },
    use(nonce, nonceCount, who) {
      const now = options.nowMs();
      for (const [key, { atMs }] of used) {
        if (now - atMs <= LIFETIME_MS) break;
        used.delete(key);
      }
      const key = `${nonce}|${nonceCount}`;
      const before = used.get(key);
      if (before) return before.who === who;
      // Fails closed: what cannot be remembered could be played again.
      if (used.size >= MOST_REMEMBERED) return false;
      used.set(key, { who, atMs: now });
      return true;
    },
  };
}
