import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { ClaimedEmail, EmailUpdate } from "./email-store.ts";
import { decideMailRetry } from "./mail-retry.ts";
import type { SendEmail, SendResult } from "./mail-transport.ts";
import { renderReport } from "./report-email.ts";
import { createResendTransport } from "./resend-transport.ts";
import type { Resend } from "./resend.ts";
import { chooseTransport } from "./transport-choice.ts";

export interface MailerOptions {
  resend: Resend;
  findResendKey(organizationId: string): Promise<string | undefined>;
  /** a domain of the organization that Resend has verified */
  findVerifiedDomain(organizationId: string): Promise<string | undefined>;
  /** undefined: no relay is configured */
  sendBySmtp: SendEmail | undefined;
  mailFrom: string | undefined;
  logger: Logger;
  now: () => Date;
  random: () => number;
}

/** One attempt at one e-mail: by which way, and what follows from its result. */
export type Mailer = (email: ClaimedEmail, signal: AbortSignal) => Promise<EmailUpdate>;

export function createMailer(options: MailerOptions): Mailer {
  async function attempt(email: ClaimedEmail, signal: AbortSignal): Promise<EmailUpdate> {
    const { organizationId } = email;
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
    if (choice.outcome === "none") return { state: "skipped", error: choice.reason };
    const send =
      choice.outcome === "smtp" ? options.sendBySmtp! : createResendTransport(options.resend, resendKey!);
    const { recipients, deliveredTo } = email;
    const result = await send({
      ...renderReport(email.report),
      id: email.id,
      messageId: email.messageId,
      from: choice.from,
      to: recipients,
      sendTo: recipients.filter((address) => !deliveredTo.includes(address)),
      signal,
    });
    return result.outcome === "sent"
      ? { state: "sent", transport: choice.outcome }
      : afterFailure(email, choice.outcome, result);
  }

  function afterFailure(
    email: ClaimedEmail,
    transport: string | null,
    failure: Omit<Extract<SendResult, { outcome: "failed" }>, "outcome">,
  ): EmailUpdate {
    const deliveredTo = [...email.deliveredTo, ...failure.deliveredTo];
    const failed = { transport, deliveredTo, error: failure.error };
    if (failure.isPermanent) return { state: "failed", ...failed };
    const retry = decideMailRetry({
      failedAttempts: email.attemptCount + 1,
      ageMs: options.now().getTime() - email.createdAt.getTime(),
      random: options.random(),
      retryAfterMs: failure.retryAfterMs,
    });
    return retry.outcome === "retry"
      ? { state: "pending", ...failed, delayMs: retry.delayMs }
      : { state: "failed", ...failed };
  }

  return async (email, signal) => {
    try {
      return await attempt(email, signal);
    } catch (thrown) {
      // A bug, or a database that is away. It counts as an attempt: one that never can be sent must come to its end.
      options.logger.error({ email_id: email.id, err: toError(thrown) }, "an e-mail could not be prepared");
      return afterFailure(email, null, { deliveredTo: [], error: "Internal error", isPermanent: false });
    }
  };
}
