import { createTransport } from "nodemailer";
import type { Clock } from "../clock.ts";
import type { OutgoingEmail, SendEmail, SendResult } from "./mail-transport.ts";

const CONNECT_WITHIN_MS = 10_000;
const SILENCE_MS = 20_000;
/** A server that says a word now and then would outlast any limit on its silence. */
const SEND_WITHIN_MS = 60_000;

/**
 * E-mail by an SMTP relay. Its address is the operator's own setting, like the database's, and mostly a private one: the
 * guard of the dialer, which is there for addresses that users choose, is not in the way.
 *
 * @param url  smtp:// (STARTTLS where the server offers it) or smtps://, credentials inside
 */
export function createSmtpTransport(url: string, clock: Clock): SendEmail {
  const transporter = createTransport({
    url,
    connectionTimeout: CONNECT_WITHIN_MS,
    greetingTimeout: CONNECT_WITHIN_MS,
    socketTimeout: SILENCE_MS,
    // An e-mail is made of a report: nothing in it may make us read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (email) => {
    const limit = new AbortController();
    const cancel = clock.after(SEND_WITHIN_MS, () => limit.abort());
    try {
      const { accepted, rejectedErrors = [] } = await transporter.sendMail({
        ...messageOf(email),
        signal: AbortSignal.any([limit.signal, email.signal]),
      });
      // The server may take an e-mail for some of its recipients: the others are tried again by themselves.
      return rejectedErrors.length === 0 ? { outcome: "sent" } : failure(rejectedErrors, accepted);
    } catch (thrown) {
      const error = thrown as SmtpError;
      return failure(error.rejectedErrors?.length ? error.rejectedErrors : [error], []);
    } finally {
      cancel();
    }
  };
}

interface SmtpError extends Error {
  code?: string | undefined;
  recipient?: string | undefined;
  responseCode?: number | undefined;
  permanent?: boolean | undefined;
  rejectedErrors?: SmtpError[] | undefined;
}

function messageOf({ from, to, sendTo, subject, text, html, messageId }: OutgoingEmail) {
  return {
    from,
    to: [...to],
    envelope: { from, to: [...sendTo] },
    subject,
    text,
    html,
    messageId,
    headers: {
      // Told to out-of-office programs (RFC 3834, 5; the second is Exchange's).
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
    },
  };
}

function failure(errors: readonly SmtpError[], accepted: readonly string[]): SendResult {
  return {
    outcome: "failed",
    deliveredTo: accepted,
    error: errors.map(describe).join("; "),
    isPermanent: errors.every(isPermanent),
  };
}

/** A login that fails is the operator's to correct, and a day is time enough for it. */
function isPermanent({ permanent, code }: SmtpError): boolean {
  return permanent === true && code !== "EAUTH";
}

function describe({ recipient, message, code }: SmtpError): string {
  if (code === "EABORT") return "the server did not take it in time";
  return recipient === undefined ? message : `${recipient}: ${message}`;
}
