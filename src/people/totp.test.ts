import { generate } from "otplib";
import { expect, test } from "vitest";
import { hashRecoveryCode, newRecoveryCodes, newTotpSecret, stepOfCode, totpUri } from "./totp.ts";

const secret = newTotpSecret();
const now = new Date("2026-11-26T12:00:10Z");
const STEP = Math.floor(now.getTime() / 30_000);
const codeOf = (step: number) => generate({ secret, epoch: step * 30 });

test.each([
  [-2, undefined],
  [-1, STEP - 1],
  [0, STEP],
  [1, STEP + 1],
  [2, undefined],
])("a code of %i steps from now", async (offset, step) => {
  expect(await stepOfCode(await codeOf(STEP + offset), { secret, now, lastStep: null })).toBe(step);
});

test("a code is good once, and those before it never again", async () => {
  const ask = async (offset: number, lastStep: number) =>
    stepOfCode(await codeOf(STEP + offset), { secret, now, lastStep });
  expect(await ask(0, STEP)).toBeUndefined();
  expect(await ask(-1, STEP)).toBeUndefined();
  expect(await ask(1, STEP)).toBe(STEP + 1);
  expect(await ask(0, STEP - 1)).toBe(STEP);
});

test.each(["", "12345", "1234567", "12345a", "１２３４５６", " 123456"])("%j is no code", async (code) => {
  expect(await stepOfCode(code, { secret, now, lastStep: null })).toBeUndefined();
});

// RFC 6238, appendix B, with the six digits that apps show.
test("is what authenticator apps compute", async () => {
  const known = { secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", now: new Date(59_000), lastStep: null };
  expect(await stepOfCode("287082", known)).toBe(1);
});

test("the address that an app reads names the product and the person", () => {
  expect(totpUri("GEZDGNBVGY3TQOJQ", "ann@a.example")).toMatch(
    /^otpauth:\/\/totp\/Switchhook:ann(@|%40)a\.example\?.*secret=GEZDGNBVGY3TQOJQ/,
  );
});

test("recovery codes: ten, none alike, read whatever way they are typed", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/);
  const typed = codes[0]!.replaceAll("-", " ").toUpperCase();
  expect(hashRecoveryCode(typed)).toEqual(hashRecoveryCode(codes[0]!));
  expect(hashRecoveryCode(codes[0]!)).not.toEqual(hashRecoveryCode(codes[1]!));
});
