import { ApiFailure } from "../../api/failure.ts";
import type { useSessionWords } from "./session-words.ts";

export type Factor = "app" | "recovery";

/** Why somebody was not let in, and what to do about it. */
export function problemText(
  error: unknown,
  factor: Factor | undefined,
  words: ReturnType<typeof useSessionWords>,
): string {
  if (!(error instanceof ApiFailure)) return String(error);
  switch (error.code) {
    case "sign_in_refused":
      return words.wrong;
    case "totp_code_refused":
      return factor === "recovery" ? words.recoveryWrong : words.codeWrong;
    case "rate_limit_exceeded":
      return words.limited(String(Math.ceil((error.retryAfterSeconds ?? 60) / 60)));
    case "unreachable":
      return words.unreachable;
    default:
      return [error.message, ...error.details].join(" ");
  }
}
