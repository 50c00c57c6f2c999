import { expect, test } from "vitest";
import { chooseTransport } from "./transport-choice.ts";

const MAIL_FROM = "Acme <calls@acme.example>";

test.each<[Partial<Parameters<typeof chooseTransport>[0]>, object]>([
  [{}, { outcome: "none", reason: expect.stringContaining("SMTP_URL") }],
  [{ mailFrom: MAIL_FROM }, { outcome: "none", reason: expect.stringContaining("SMTP_URL") }],
  [{ domain: "mail.acme.example" }, { outcome: "none", reason: expect.stringContaining("SMTP_URL") }],
  [{ hasResendKey: true }, { outcome: "none", reason: expect.stringContaining("verify a domain") }],
  [
    { hasSmtp: true, mailFrom: MAIL_FROM },
    { outcome: "smtp", from: MAIL_FROM },
  ],
  [
    { hasSmtp: true, mailFrom: MAIL_FROM, domain: "mail.acme.example" },
    { outcome: "smtp", from: MAIL_FROM },
  ],
  [
    { hasSmtp: true, mailFrom: MAIL_FROM, hasResendKey: true },
    { outcome: "smtp", from: MAIL_FROM },
  ],
  [
    { mailFrom: MAIL_FROM, hasResendKey: true },
    { outcome: "resend", from: MAIL_FROM },
  ],
  [
    { hasSmtp: true, mailFrom: MAIL_FROM, hasResendKey: true, domain: "mail.acme.example" },
    { outcome: "resend", from: "reports@mail.acme.example" },
  ],
])("%j", (given, expected) => {
  const nothing = { hasResendKey: false, domain: undefined, hasSmtp: false, mailFrom: undefined };
  expect(chooseTransport({ ...nothing, ...given })).toEqual(expected);
});
