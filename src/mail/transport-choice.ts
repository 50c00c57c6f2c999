/** How an organization's e-mail goes out, and from which address. */
export type TransportChoice =
  | { outcome: "resend"; from: string }
  | { outcome: "smtp"; from: string }
  | { outcome: "none"; reason: string };

/**
 * The organization's own verified domain comes first, over Resend, where it was verified: another relay may not sign for
 * it, and its e-mail would be taken for forged. Then the installation's SMTP relay; Resend with the installation's
 * address is left where there is no relay.
 */
export function chooseTransport(options: {
  hasResendKey: boolean;
  /** verified, of this organization */
  domain: string | undefined;
  hasSmtp: boolean;
  mailFrom: string | undefined;
}): TransportChoice {
  const { hasResendKey, domain, hasSmtp, mailFrom } = options;
  if (hasResendKey && domain !== undefined) return { outcome: "resend", from: `reports@${domain}` };
  if (hasSmtp && mailFrom !== undefined) return { outcome: "smtp", from: mailFrom };
  if (hasResendKey && mailFrom !== undefined) return { outcome: "resend", from: mailFrom };
  if (hasResendKey)
    return { outcome: "none", reason: "there is no address to send from: verify a domain, or set MAIL_FROM" };
  return {
    outcome: "none",
    reason: "no e-mail transport is configured: set SMTP_URL and MAIL_FROM, or a Resend key",
  };
}
