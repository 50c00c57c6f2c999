import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { newId } from "../../src/ids.ts";
import { createSendInvitation } from "../../src/mail/invitation-email.ts";
import { createResend } from "../../src/mail/resend.ts";
import { createSmtpTransport } from "../../src/mail/smtp-transport.ts";
import { createMailServer, type MailServer } from "../harness/mail-server.ts";

let mail: MailServer;
beforeEach(async () => {
  mail = await createMailServer();
});
afterEach(() => mail.close());

function sender(smtpUrl: string | undefined, log: string[] = []) {
  return createSendInvitation({
    resend: createResend({
      request: () => Promise.reject(new Error("nobody asks Resend here")),
      baseUrl: "http://127.0.0.1:1",
      now: () => new Date(),
    }),
    findResendKey: async () => undefined,
    findVerifiedDomain: async () => undefined,
    sendBySmtp: smtpUrl === undefined ? undefined : createSmtpTransport(smtpUrl, systemClock),
    mailFrom: "Acme <calls@acme.example>",
    logger: pino({ level: "warn" }, { write: (line: string) => void log.push(line) }),
    newId,
    messageIdDomain: "acme.example",
  });
}
const invitation = {
  organizationId: newId(),
  organizationName: "Acme",
  email: "ann@c.example",
  url: "https://calls.example.org/welcome#token=abc",
  expiresAt: new Date(),
};

test("goes out by the relay", async () => {
  expect(await sender(mail.url)(invitation)).toBe(true);
  await mail.waitFor(1);
  expect(mail.received[0]).toMatchObject({ to: ["ann@c.example"], from: "calls@acme.example" });
  expect(mail.received[0]!.raw).toContain("Subject: Invitation to Acme");
});

test("is not e-mailed where nothing is configured, or where the relay refuses; the log has no link", async () => {
  expect(await sender(undefined)(invitation)).toBe(false);
  const log: string[] = [];
  mail.refuseRecipient = () => "550 no such mailbox";
  expect(await sender(mail.url, log)(invitation)).toBe(false);
  expect(log.join("")).toContain("an invitation could not be e-mailed");
  expect(log.join("")).not.toContain("token");
});
