import { expect, test } from "vitest";
import { renderInvitation } from "./invitation-email.ts";

test("says who invites, how long it holds, and has the link once to read and once to click", () => {
  const url = "https://calls.example.org/welcome#token=abc";
  const { subject, text, html } = renderInvitation({
    organizationId: "x",
    organizationName: "A <b>\r\nBcc: all@example.org",
    email: "ann@example.org",
    url,
    expiresAt: new Date("2026-12-03T10:00:00Z"),
  });
  expect(subject).toBe("Invitation to A <b> Bcc: all@example.org");
  expect(text).toContain(`\n\n${url}\n\n`);
  expect(text).toContain("until 2026-12-03");
  expect(html).toContain(`<a href="${url}">${url}</a>`);
  expect(html).not.toContain("<b>");
});
