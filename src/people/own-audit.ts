import type { FastifyRequest } from "fastify";
import type { AuditEntry } from "../audit/audit-entry.ts";
import type { Queryable } from "../db/database.ts";
import { clientAddress } from "../http/client-address.ts";
import type { SignInResult } from "./sign-in.ts";
import { listMemberships } from "./user-store.ts";

export interface OwnAuditOptions {
  recordAudit: (db: Queryable, organizationIds: readonly string[], entry: AuditEntry) => Promise<void>;
  findOperator: (db: Queryable) => Promise<string>;
}

export type NoteOwn = (
  db: Queryable,
  request: FastifyRequest,
  /** undefined: nobody with an account */
  user: { id: string; email: string } | undefined,
  entry: Pick<AuditEntry, "action" | "detail"> & { isRefused?: true },
) => Promise<void>;

/**
 * Notes what somebody does about themselves, a sign-in above all. It concerns every organization that they are a member
 * of; who has no account is the operator's to know of.
 */
export function createNoteOwn({ recordAudit, findOperator }: OwnAuditOptions): NoteOwn {
  return async (db, request, user, { action, detail, isRefused }) => {
    const organizationIds = user
      ? (await listMemberships(db, user.id)).map(({ organizationId }) => organizationId)
      : [await findOperator(db)];
    await recordAudit(db, organizationIds, {
      actor: user && !isRefused ? { kind: "user", id: user.id, name: user.email } : { kind: "nobody" },
      address: clientAddress(request),
      action,
      subjectId: user?.id,
      detail,
    });
  };
}

/** What somebody was refused who tried to sign in; not what is everybody's way, and not each guess beyond the limit. */
export async function noteRefusedSignIn(
  noteOwn: NoteOwn,
  db: Queryable,
  request: FastifyRequest,
  email: string,
  result: Exclude<SignInResult, { outcome: "right" }>,
): Promise<void> {
  // With a second factor everybody brings the password first and the code after it.
  if (result.outcome === "code-required" || result.outcome === "limited") return;
  await noteOwn(db, request, result.user, {
    action: "session.refused",
    detail: { email, why: result.outcome === "refused" ? "e-mail or password" : "code" },
    isRefused: true,
  });
}
