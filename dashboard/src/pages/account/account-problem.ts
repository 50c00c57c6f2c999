import { ApiFailure } from "../../api/failure.ts";
import type { useAccountWords } from "./account-words.ts";

/** Why something about oneself was refused, in one sentence. */
export function problemOf(error: Error, words: ReturnType<typeof useAccountWords>): string {
  if (!(error instanceof ApiFailure)) return error.message;
  if (error.code === "password_wrong") return words.passwordWrong;
  if (error.details.some((line) => /^(totp_)?code: /.test(line))) return words.codeWrong;
  return error.details.length > 0 ? error.details.join(" ") : error.message;
}
