import { z } from "zod";
import { validationError } from "../http/validation.ts";
import type { Passwords } from "./password.ts";

const LEAST_LENGTH = 10;
const MOST_LENGTH = 200;
const LEAST_DIFFERENT = 5;

/** Words that, with figures and signs around them, make most of the passwords in the lists of stolen ones. */
const COMMON_WORDS = [
  "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "wachtwoord", "welcome", "welkom", "letmein", "iloveyou",
  "admin", "administrator", "changeme", "secret", "geheim", "qwerty", "azerty", "qwertz", "football", "voetbal", "baseball",
  "monkey", "dragon", "sunshine", "princess", "superman", "batman", "master", "login", "test", "switchhook",
]; // prettier-ignore
/** Rows of keyboards, and counting; forwards and backwards. */
const ROWS = ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"];

/** A password as somebody gives it to sign in: any text that could be one. */
export const givenPassword = z.string().min(1).max(MOST_LENGTH);

/**
 * A new password: long enough, and none of those that are tried first. No rules about kinds of characters: they make
 * passwords that people write down (NIST SP 800-63B, 3.1.1.2).
 *
 * @param email  whose it is to be: it is the first guess
 * @returns what is wrong with it; undefined: nothing
 */
export function problemOfPassword(password: string, email: string): string | undefined {
  const { length } = Array.from(password);
  if (length < LEAST_LENGTH || password.length > MOST_LENGTH) {
    return `must have ${LEAST_LENGTH} to ${MOST_LENGTH} characters, got ${length}`;
  }
  const text = password.toLowerCase();
  const isCommon =
    new Set(text).size < LEAST_DIFFERENT ||
    ROWS.some((row) => row.includes(text) || row.split("").toReversed().join("").includes(text)) ||
    COMMON_WORDS.some((word) => isWordWithTrimmings(text, word)) ||
    text === email ||
    isWordWithTrimmings(text, email.split("@")[0]!);
  return isCommon
    ? "is one of those that are tried first; take another, three or four words for example"
    : undefined;
}

/** @param field  of the request's body. @throws ApiError 400 */
export function requireGoodPassword(password: string, email: string, field = "password"): void {
  const problem = problemOfPassword(password, email);
  if (problem) throw validationError([`${field}: ${problem}`]);
}

/** @throws ApiError 400 */
export async function hashNewPassword(
  passwords: Passwords,
  password: string,
  email: string,
): Promise<string> {
  requireGoodPassword(password, email);
  return passwords.hash(password);
}

/** `Welkom2026!!`, `passwordpassword`: the word, and besides it no other letters. */
function isWordWithTrimmings(text: string, word: string): boolean {
  return word.length > 3 && text.includes(word) && !/\p{L}/u.test(text.replaceAll(word, ""));
}
