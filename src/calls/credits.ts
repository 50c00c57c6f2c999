import { ApiError } from "../errors.ts";

/** @param balance  minutes; null: unlimited. @throws ApiError 402 when none are left (facts 12.4) */
export function requireCredits(balance: number | null): void {
  if (balance === null || balance > 0) return;
  throw new ApiError("insufficient_credits", {
    message: "Your account has no credits remaining.",
    fields: { balance: Math.min(0, balance) },
  });
}
