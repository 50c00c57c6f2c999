import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { ClaimedEmail, EmailUpdate } from "./email-store.ts";
import { decideMailRetry } from "./mail-retry.ts";
import type { SendResult } from "./mail-transport.ts";
import { renderReport } from "./report-email.ts";
import { findWayOut, type WaysOut } from "./way-out.ts";

export interface MailerOptions extends WaysOut {
  logger: Logger;
  now: () => Date;
  random: () => number;
}

/** One attempt at one e-mail: by which way, and what follows from its result. */
export type Mailer = (email: ClaimedEmail, signal: AbortSignal) => Promise<EmailUpdate>;

export function createMailer(options: MailerOptions): Mailer {
  async function attempt(email: ClaimedEmail, signal: AbortSignal): Promise<EmailUpdate> {
    const way = await findWayOut(options, email.organizationId);
    if (way.outcome === "none") return { state: "skipped", error: way.reason };
    const { recipients, deliveredTo } = email;
    const result = await way.send({
      ...renderReport(email.report),
      id: email.id,
      messageId: email.messageId,
      from: way.from,
      to: recipients,
      sendTo: recipients.filter((address) => !deliveredTo.includes(address)),
      signal,
    });
    return result.outcome === "sent"
      ? { state: "sent", transport: way.outcome }
      : afterFailure(email, way.outcome, result);
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
