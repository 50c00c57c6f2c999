import { createHash, randomBytes } from "node:crypto";
import { generateSecret, generateURI, verify } from "otplib";

const ISSUER = "Switchhook";
const STEP_SECONDS = 30;
const RECOVERY_CODES = 10;
/** Without those that are mistaken for each other on paper. */
const RECOVERY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
const RECOVERY_LENGTH = 16;

export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** What an authenticator app reads as a QR code. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: ISSUER, label: email, secret });
}

/**
 * Looks a six-digit code up (RFC 6238): this half minute's, the one before, or the one after, because telephones' clocks
 * are off.
 *
 * @param lastStep  of the last code that was taken; null: none
 * @returns the code's time step, which is used up from now on; undefined: wrong, or used already
 */
export async function stepOfCode(
  code: string,
  options: { secret: string; now: Date; lastStep: number | null },
): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined;
  const { secret, now, lastStep } = options;
  const result = await verify({
    secret,
    token: code,
    epoch: Math.floor(now.getTime() / 1_000),
    epochTolerance: STEP_SECONDS,
  });
  if (!result.valid || !("timeStep" in result)) return undefined;
  return lastStep !== null && result.timeStep <= lastStep ? undefined : result.timeStep;
}

/** For who loses the telephone: shown once, each good for one sign-in, `abcd-efgh-jkmn-pqrs`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    // 31 characters of 5 bits' worth each: of a byte, what lies beyond a multiple of 31 would favour some.
    let code = "";
    while (code.length < RECOVERY_LENGTH) {
      const byte = randomBytes(1)[0]!;
      if (byte < 248) code += RECOVERY_ALPHABET[byte % RECOVERY_ALPHABET.length];
    }
    return code.replaceAll(/(.{4})(?=.)/g, "$1-");
  });
}

/** As people type it: with other signs between, or none, in capitals. */
export function hashRecoveryCode(code: string): Buffer {
  return createHash("sha256")
    .update(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ""))
    .digest();
}
