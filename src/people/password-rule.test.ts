import { expect, test } from "vitest";
import { problemOfPassword } from "./password-rule.ts";

const common = expect.stringContaining("tried first");

test.each([
  ["short", "must have 10 to 200 characters, got 5"],
  ["x".repeat(201), "must have 10 to 200 characters, got 201"],
  ["aaaaaaaaaaaa", common],
  ["abababababab", common],
  ["1234567890", common],
  ["0987654321", common],
  ["qwertyuiop", common],
  ["Password123", common],
  ["P@ssword2026", common],
  ["Welkom2026!!", common],
  ["passwordpassword", common],
  ["wachtwoord1", common],
  ["ann@example.org", common],
  ["annabella2026", common],
  ["three green bicycles", undefined],
  ["correct horse battery", undefined],
  // No rule about kinds of characters.
  ["zzgrtkvwmqpx", undefined],
  ["drie groene fietsen", undefined],
  ["пароль мой длинный", undefined],
  ["🚲🚂✈️🚀🛶🛵🚁🛸⛵🚜", undefined],
  ["my password manager chose", undefined],
])("%j: %s", (password, problem) => {
  const email = password.startsWith("annabella") ? "annabella@example.org" : "ann@example.org";
  expect(problemOfPassword(password, email)).toEqual(problem);
});
