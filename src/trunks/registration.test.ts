import { expect, test } from "vitest";
import type { RegisterAnswer } from "../telephony/sip/trunk-requests.ts";
import { nextRegistration, NOT_REGISTERED, type Registration } from "./registration.ts";

const answered = (
  statusCode: number,
  more: { expiresSeconds?: number; headers?: Record<string, string> } = {},
): RegisterAnswer => ({
  answer: { outcome: "answered", statusCode, latencyMs: 1, header: (name) => more.headers?.[name] },
  expiresSeconds: more.expiresSeconds,
});
const silent: RegisterAnswer = {
  answer: { outcome: "silent", detail: "no answer" },
  expiresSeconds: undefined,
};
const at = (seconds: number, random = 1) => ({ now: new Date(seconds * 1_000), random });

test("is refreshed well before it expires", () => {
  const first = nextRegistration(NOT_REGISTERED, answered(200, { expiresSeconds: 100 }), at(0, 0));
  expect(first).toMatchObject({
    registration: { state: "registered", expiresAt: new Date(100_000), failures: 0, lastStatus: 200 },
    againInMs: 75_000,
  });
  const second = nextRegistration(first.registration, answered(200, { expiresSeconds: 60 }), at(75));
  expect(second).toMatchObject({
    registration: { since: new Date(0), expiresAt: new Date(135_000) },
    againInMs: 51_000,
  });
});

test("a registrar that wants longer gets it at once, and only once", () => {
  const brief = answered(423, { headers: { "min-expires": "1800" } });
  const first = nextRegistration(NOT_REGISTERED, brief, at(0));
  expect(first).toMatchObject({ registration: { askSeconds: 1_800, state: "failed" }, againInMs: 0 });
  expect(nextRegistration(first.registration, brief, at(0)).againInMs).toBe(4_000);
});

test.each([
  ["less than was asked for", "10"],
  ["more than a day", "86401"],
  ["nothing", ""],
])("423 that wants %s is a failure like others", (_sentence, wanted) => {
  const brief = answered(423, { headers: { "min-expires": wanted } });
  expect(nextRegistration(NOT_REGISTERED, brief, at(0))).toMatchObject({
    registration: { askSeconds: 300 },
    againInMs: 2_000,
  });
});

test("is tried later and later", () => {
  let registration: Registration = NOT_REGISTERED;
  const waits = Array.from({ length: 10 }, () => {
    const next = nextRegistration(registration, silent, at(0));
    ({ registration } = next);
    return next.againInMs / 1_000;
  });
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  expect(nextRegistration(registration, silent, at(0, 0)).againInMs).toBe(150_000);
  expect(registration).toMatchObject({ state: "failed", lastError: "no answer", failures: 10 });
});

test.each([401, 403, 407])("%i: a refused password is not hammered", (statusCode) => {
  expect(nextRegistration(NOT_REGISTERED, answered(statusCode), at(0, 0)).againInMs).toBe(60_000);
});

test.each([
  ["30", 30_000],
  ["120 (busy)", 120_000],
  ["99999999", 3_600_000],
  ["soon", 2_000],
])("Retry-After: %s is heeded, within reason", (value, waitMs) => {
  const busy = answered(503, { headers: { "retry-after": value } });
  expect(nextRegistration(NOT_REGISTERED, busy, at(0)).againInMs).toBe(waitMs);
});

test("what was granted holds until it expires, whatever the refresh says", () => {
  const { registration } = nextRegistration(NOT_REGISTERED, answered(200, { expiresSeconds: 100 }), at(0));
  const early = nextRegistration(registration, silent, at(80)).registration;
  expect(early).toMatchObject({ state: "registered", since: new Date(0), lastError: "no answer" });
  expect(nextRegistration(early, silent, at(101)).registration).toMatchObject({
    state: "failed",
    since: new Date(101_000),
    expiresAt: null,
  });
});

test("accepted without any time is not registered", () => {
  expect(
    nextRegistration(NOT_REGISTERED, answered(200, { expiresSeconds: 0 }), at(0)).registration,
  ).toMatchObject({
    state: "failed",
    lastError: "the registrar accepted and granted no time",
  });
});
