import type { RenderedEmail } from "./report-email.ts";

export interface OutgoingEmail extends RenderedEmail {
  /** the outbox's id, for services that know repeats by a key */
  id: string;
  messageId: string;
  from: string;
  /** shown to all of them */
  to: readonly string[];
  /** those that do not have it yet */
  sendTo: readonly string[];
  /** aborted when the process is about to end */
  signal: AbortSignal;
}

export type SendResult =
  | { outcome: "sent" }
  | {
      outcome: "failed";
      /** those of `sendTo` that have it nevertheless */
      deliveredTo: readonly string[];
      error: string;
      /** the same e-mail would be refused again */
      isPermanent: boolean;
      retryAfterMs?: number | undefined;
    };

/** Settles within a minute, and never rejects. */
export type SendEmail = (email: OutgoingEmail) => Promise<SendResult>;
