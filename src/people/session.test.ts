import { expect, test } from "vitest";
import { csrfTokenOf, IDLE_MS, isCsrfToken, isOver, LONGEST_MS, newToken, sessionCookie } from "./session.ts";

const start = Date.now();
const at = (ms: number) => new Date(start + ms);

test.each([
  [0, 0, false],
  [0, IDLE_MS - 1, false],
  [0, IDLE_MS, true],
  [LONGEST_MS - 10, LONGEST_MS - 1, false],
  [LONGEST_MS - 10, LONGEST_MS, true],
])("last used after %i ms, after %i ms: is over: %s", (seenMs, nowMs, isItOver) => {
  expect(isOver({ lastSeenAt: at(seenMs), expiresAt: at(LONGEST_MS) }, at(nowMs))).toBe(isItOver);
});

test("a csrf token is its session's, and no other's", () => {
  const [mine, other] = [newToken(), newToken()];
  expect(isCsrfToken(csrfTokenOf(mine), mine)).toBe(true);
  for (const wrong of [csrfTokenOf(other), mine, "", csrfTokenOf(mine).slice(1), `${csrfTokenOf(mine)}x`]) {
    expect(isCsrfToken(wrong, mine)).toBe(false);
  }
});

test.each([
  [undefined, "switchhook_session", false],
  ["http://calls.example.org", "switchhook_session", false],
  ["https://calls.example.org", "__Host-switchhook_session", true],
])("at %s the cookie is %s", (publicUrl, name, secure) => {
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure };
  expect(sessionCookie(publicUrl)).toEqual({ name, options });
});
