/** As the API takes it: six digits are the app's; whatever else is given is a recovery code. */
export function secondFactorOf(code: string): { totp_code: string } | { recovery_code: string } {
  const digits = code.replaceAll(/\s/g, "");
  return /^\d{6}$/.test(digits) ? { totp_code: digits } : { recovery_code: code.trim() };
}
