import type { Role } from "../http/auth.ts";

/** What a link that works once is for. */
export type LinkPurpose =
  /** for the first visitor of a new installation: they become its owner */
  | "welcome"
  /** for somebody who is to be a member of an organization */
  | "invitation"
  /** for somebody who has lost their password */
  | "password";

/** How long each works: the first stands on a terminal, the second in an e-mail that is read next week. */
export const LINK_LIFE_MS: Readonly<Record<LinkPurpose, number>> = {
  welcome: 24 * 3_600_000,
  invitation: 7 * 24 * 3_600_000,
  password: 24 * 3_600_000,
};

export interface OneTimeLink {
  id: string;
  purpose: LinkPurpose;
  organizationId: string | null;
  role: Role | null;
  email: string | null;
  userId: string | null;
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

/** Behind the `#`: browsers do not send it, so no log of a server or a proxy has it. */
export function linkUrl(baseUrl: string, token: string): string {
  return `${baseUrl}/welcome#token=${token}`;
}

export function isLinkOver({ usedAt, expiresAt }: OneTimeLink, now: Date): boolean {
  return usedAt !== null || now >= expiresAt;
}
