import type { SendEmail } from "./mail-transport.ts";
import { createResendTransport } from "./resend-transport.ts";
import type { Resend } from "./resend.ts";
import { chooseTransport } from "./transport-choice.ts";

export interface WaysOut {
  resend: Resend;
  findResendKey(organizationId: string): Promise<string | undefined>;
  /** a domain of the organization that Resend has verified */
  findVerifiedDomain(organizationId: string): Promise<string | undefined>;
  /** undefined: no relay is configured */
  sendBySmtp: SendEmail | undefined;
  mailFrom: string | undefined;
}

export type WayOut =
  | { outcome: "smtp" | "resend"; from: string; send: SendEmail }
  | { outcome: "none"; reason: string };

/** By which way an organization's e-mail goes out at this moment, and from which address. */
export async function findWayOut(options: WaysOut, organizationId: string): Promise<WayOut> {
  const [resendKey, domain] = await Promise.all([
    options.findResendKey(organizationId),
    options.findVerifiedDomain(organizationId),
  ]);
  const choice = chooseTransport({
    hasResendKey: resendKey !== undefined,
    domain,
    hasSmtp: options.sendBySmtp !== undefined,
    mailFrom: options.mailFrom,
  });
  if (choice.outcome === "none") return choice;
  const send =
    choice.outcome === "smtp" ? options.sendBySmtp! : createResendTransport(options.resend, resendKey!);
  return { ...choice, send };
}
