import { z } from "zod";

/** An e-mail address as it is kept: people write theirs in capitals as well, and mean the same account. */
export function foldEmail(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}

export const emailField = z.string().max(254).transform(foldEmail).pipe(z.email("must be an e-mail address"));
