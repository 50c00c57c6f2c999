import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import type { SendRequest } from "../webhooks/outgoing-request.ts";
import { createMailLoop, type MailLoop } from "./mail-loop.ts";
import { createMailer, type MailerOptions } from "./mailer.ts";
import { createSendInvitation, type Invitation } from "./invitation-email.ts";
import { createResend, type Resend } from "./resend.ts";
import { createSmtpTransport } from "./smtp-transport.ts";
import type { WaysOut } from "./way-out.ts";

/** A Message-ID wants a domain; where we have none, one that belongs to nobody (RFC 2606). */
const NO_DOMAIN = "switchhook.invalid";

export interface Mail {
  loop: MailLoop;
  resend: Resend;
  /** what a Message-ID has behind its @ */
  messageIdDomain: string;
  /** @returns false: nothing is configured to send e-mail, or it was not taken */
  sendInvitation(invitation: Invitation): Promise<boolean>;
}

/** The e-mail side as a whole: the ways out as they are configured, and the loop that uses them. */
export function createMail(
  options: Pick<MailerOptions, "findResendKey" | "findVerifiedDomain"> & {
    settings: Config["mail"];
    db: Database;
    clock: Clock;
    logger: Logger;
    nodeId: string;
    request: SendRequest;
  },
): Mail {
  const { settings, clock, logger } = options;
  const now = () => clock.now();
  const resend = createResend({ request: options.request, baseUrl: settings.resend.baseUrl, now });
  const ways: WaysOut = {
    resend,
    findResendKey: options.findResendKey,
    findVerifiedDomain: options.findVerifiedDomain,
    sendBySmtp: settings.smtpUrl === undefined ? undefined : createSmtpTransport(settings.smtpUrl, clock),
    mailFrom: settings.from,
  };
  const mailer = createMailer({ ...ways, logger, now, random: Math.random });
  const messageIdDomain = /@([^\s<>@]+)>?$/.exec(settings.from ?? "")?.[1] ?? NO_DOMAIN;
  return {
    loop: createMailLoop({ db: options.db, clock, logger, nodeId: options.nodeId, newId, mailer }),
    resend,
    messageIdDomain,
    sendInvitation: createSendInvitation({ ...ways, logger, newId, messageIdDomain }),
  };
}
