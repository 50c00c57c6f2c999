import { createHash } from "node:crypto";
import type { Database, Queryable } from "../db/database.ts";
import type { RateLimitState, TakePlace } from "../http/rate-limiter.ts";
import type { SecretBox } from "../secret-box.ts";
import type { Passwords } from "./password.ts";
import { hashRecoveryCode, stepOfCode } from "./totp.ts";
import { useRecoveryCode, useTotpStep } from "./totp-store.ts";
import { findUserByEmail, setPasswordHash, type User } from "./user-store.ts";

const WINDOW_SECONDS = 600;
/** From one place, which may be an office, so many times what one e-mail may. */
const PER_ADDRESS = 5;

export interface SecondFactor {
  totpCode?: string | undefined;
  recoveryCode?: string | undefined;
}

export type SignInResult =
  | { outcome: "right"; user: User; factor: "password" | "totp" | "recovery-code" }
  /** an unknown e-mail, or a wrong password: which of them, nobody is told */
  | { outcome: "refused"; user: User | undefined }
  | { outcome: "code-required"; user: User }
  | { outcome: "code-refused"; user: User }
  | { outcome: "limited"; state: RateLimitState };

export interface SignInOptions {
  db: Database;
  secretBox: SecretBox;
  passwords: Passwords;
  takePlace: TakePlace;
  /** in ten minutes; 0: no limit. Whoever is kept out by somebody else's guesses has other ways in (docs/people.md) */
  signInsPerEmail: number;
  now: () => Date;
}

/** Looks at what somebody brings to sign in with. Makes no session. */
export function createSignIn(options: SignInOptions) {
  const { db, passwords, takePlace, signInsPerEmail } = options;
  const checkCode = createCodeCheck(options);

  return async (given: {
    email: string;
    password: string;
    address: string;
    second: SecondFactor;
  }): Promise<SignInResult> => {
    // Counted before anything is looked at: guesses that come all at once are as many as others.
    for (const [subject, most] of [
      [`sign-in:${shortHash(given.email)}`, signInsPerEmail],
      [`sign-in-from:${given.address}`, signInsPerEmail * PER_ADDRESS],
    ] as const) {
      const state = await takePlace(subject, { most, windowSeconds: WINDOW_SECONDS });
      if (state && !state.isAllowed) return { outcome: "limited", state };
    }
    const user = await findUserByEmail(db, given.email);
    const check = await passwords.check(given.password, user?.passwordHash);
    if (!user || check === "wrong") return { outcome: "refused", user };
    if (check === "right-but-old") await setPasswordHash(db, user.id, await passwords.hash(given.password));
    const factor = await checkCode(db, user, given.second);
    switch (factor) {
      case "none":
        return { outcome: "right", user, factor: "password" };
      case "totp":
      case "recovery-code":
        return { outcome: "right", user, factor };
      case "required":
        return { outcome: "code-required", user };
      case "refused":
        return { outcome: "code-refused", user };
    }
  };
}

/**
 * Looks at a second factor and uses it up.
 *
 * @returns none: the person has no second factor; required: they have, and brought none
 */
export function createCodeCheck(options: { secretBox: SecretBox; now: () => Date }) {
  return async (
    db: Queryable,
    user: User,
    { totpCode, recoveryCode }: SecondFactor,
  ): Promise<"none" | "totp" | "recovery-code" | "required" | "refused"> => {
    if (!user.totpSecret) return "none";
    if (totpCode !== undefined) {
      const step = await stepOfCode(totpCode, {
        secret: options.secretBox.open(user.totpSecret),
        now: options.now(),
        lastStep: user.totpLastStep,
      });
      return step !== undefined && (await useTotpStep(db, user.id, step)) ? "totp" : "refused";
    }
    if (recoveryCode !== undefined) {
      const isGood = await useRecoveryCode(db, user.id, hashRecoveryCode(recoveryCode), options.now());
      return isGood ? "recovery-code" : "refused";
    }
    return "required";
  };
}

/** Addresses are counted by a hash: they are as long as somebody likes, and no business of a table of counters. */
function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
