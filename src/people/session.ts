import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A session that is not used for this long is over, */
export const IDLE_MS = 24 * 3_600_000;
/** and this long after the sign-in any is. */
export const LONGEST_MS = 14 * 24 * 3_600_000;
/** How often its use is noted. */
const NOTE_EVERY_MS = 60_000;

export interface SessionTimes {
  lastSeenAt: Date;
  expiresAt: Date;
}

export function isOver({ lastSeenAt, expiresAt }: SessionTimes, now: Date): boolean {
  return now >= expiresAt || now.getTime() - lastSeenAt.getTime() >= IDLE_MS;
}

export function isToBeNoted({ lastSeenAt }: SessionTimes, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= NOTE_EVERY_MS;
}

/** 256 random bits, of which the server keeps the hash alone: who reads the database cannot sign in with it. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Follows from the session's token, which no script can read: nothing is kept, and it changes with each sign-in. */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac("sha256", sessionToken).update("switchhook csrf token").digest("base64url");
}

export function isCsrfToken(given: string, sessionToken: string): boolean {
  // Compared as hashes: those are of one length, whatever is given.
  return timingSafeEqual(hashToken(given), hashToken(csrfTokenOf(sessionToken)));
}

/**
 * The cookie: not for scripts, not from other sites. Over https with the prefix by which browsers make sure that nobody
 * else, a neighbouring subdomain for one, has set it (RFC 6265bis, 4.1.3.2).
 */
export function sessionCookie(publicUrl: string | undefined) {
  const isSecure = publicUrl?.startsWith("https:") ?? false;
  return {
    name: isSecure ? "__Host-switchhook_session" : "switchhook_session",
    options: { path: "/", httpOnly: true, sameSite: "lax", secure: isSecure } as const,
  };
}
