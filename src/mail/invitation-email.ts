import type { Logger } from "../logger.ts";
import { escapeHtml } from "./escape-html.ts";
import type { RenderedEmail } from "./report-email.ts";
import { findWayOut, type WaysOut } from "./way-out.ts";

/** Whoever invites waits for it. */
const SEND_WITHIN_MS = 10_000;

export interface Invitation {
  organizationId: string;
  organizationName: string;
  email: string;
  url: string;
  expiresAt: Date;
}

/** Plain words and one link, in text alone: nothing is to be dressed up as anything. */
export function renderInvitation({ organizationName, url, expiresAt }: Invitation): RenderedEmail {
  // A name with a line break would make lines of its own.
  const name = organizationName.replaceAll(/\s+/g, " ");
  const day = expiresAt.toISOString().slice(0, 10);
  const text = [
    `You are invited to ${name} on Switchhook.`,
    `Open this link to choose a password and sign in. It works once, until ${day}:`,
    url,
    "If you did not expect this, leave it: nothing happens.",
  ].join("\n\n");
  return { subject: `Invitation to ${name}`, text: `${text}\n`, html: asHtml(text, url) };
}

function asHtml(text: string, url: string): string {
  const paragraphs = text
    .split("\n\n")
    .map(
      (line) =>
        `<p>${line === url ? `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>` : escapeHtml(line)}</p>`,
    );
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head><body>${paragraphs.join("")}</body></html>\n`;
}

/**
 * Sends an invitation at once, and once: who invites is told whether it went out, and has the link in any case.
 *
 * @returns false: nothing is configured to send e-mail, or it was not taken
 */
export function createSendInvitation(
  options: WaysOut & { logger: Logger; newId: () => string; messageIdDomain: string },
): (invitation: Invitation) => Promise<boolean> {
  return async (invitation) => {
    const way = await findWayOut(options, invitation.organizationId);
    if (way.outcome === "none") return false;
    const id = options.newId();
    const result = await way.send({
      ...renderInvitation(invitation),
      id,
      messageId: `<${id}@${options.messageIdDomain}>`,
      from: way.from,
      to: [invitation.email],
      sendTo: [invitation.email],
      signal: AbortSignal.timeout(SEND_WITHIN_MS),
    });
    if (result.outcome === "sent") return true;
    options.logger.warn({ error: result.error }, "an invitation could not be e-mailed");
    return false;
  };
}
