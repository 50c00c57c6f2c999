import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Database, Queryable } from "../db/database.ts";
import type { AuditMore } from "../http/audit.ts";
import { clientAddress } from "../http/client-address.ts";
import { secretFieldsOf, showsSecret } from "../people/permissions.ts";
import { AUDITED, idInAnswer, type Audited } from "./audited-operations.ts";
import type { Actor, AuditEntry } from "./audit-entry.ts";
import { insertAuditEntry, wasLatelyDone } from "./audit-store.ts";

const HANDLED = Symbol("noted in the audit log");
type Noted = FastifyRequest & { [HANDLED]?: true };

/**
 * Notes what is carried out. It must stand behind the check of who asks, and behind the
 * hook that takes secrets out of answers: who was shown none has seen none.
 *
 * An operation that does not note itself in its transaction is noted before its answer goes out: a crash between the two
 * leaves a change without its line, never a line without its change.
 */
export function keepAuditLog(
  server: FastifyInstance,
  options: { db: Database; pathOf: (request: FastifyRequest) => string },
): void {
  const { db } = options;
  const auditedOf = (request: FastifyRequest): Audited | undefined =>
    AUDITED[`${request.method} ${options.pathOf(request)}`];

  function entryOf(request: FastifyRequest, audited: Audited, more: AuditMore): AuditEntry {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const { id } = (request.params ?? {}) as { id?: string };
    const detail = { ...audited.detail?.(body), ...more.detail };
    return {
      actor: actorOf(request),
      address: clientAddress(request),
      action: audited.action,
      subjectId: more.subjectId ?? id,
      detail: Object.keys(detail).length > 0 ? detail : undefined,
    };
  }

  server.decorateRequest("audit", async function (this: FastifyRequest, tx: Queryable, more: AuditMore = {}) {
    const audited = auditedOf(this);
    if (!audited) throw new Error(`${this.method} ${options.pathOf(this)} is not in audited-operations.ts`);
    (this as Noted)[HANDLED] = true;
    if (audited.isWorthIt?.((this.body ?? {}) as Record<string, unknown>) === false) return;
    await insertAuditEntry(tx, [this.organizationId], entryOf(this, audited, more));
  });

  server.addHook("preSerialization", async (request: Noted, reply, answer) => {
    const audited = auditedOf(request);
    if (!audited || request[HANDLED] || reply.statusCode >= 400) return answer;
    // What was answered once already was noted then.
    if (reply.hasHeader("Idempotency-Replayed")) return answer;
    if (audited.isWorthIt?.((request.body ?? {}) as Record<string, unknown>) === false) return answer;
    // Keys read settings all day long; a person who does has looked.
    const isRevealing = () => showsSecret(answer, secretFieldsOf(options.pathOf(request)));
    if (audited.isReading && (!request.person || !isRevealing())) return answer;
    const subjectId = idInAnswer(answer);
    const entry = entryOf(request, audited, subjectId === undefined ? {} : { subjectId });
    if (audited.isReading && (await wasLatelyDone(db, request.organizationId, entry))) return answer;
    await insertAuditEntry(db, [request.organizationId], entry);
    return answer;
  });
}

function actorOf({ person, apiKeyId }: FastifyRequest): Actor {
  return person ? { kind: "user", id: person.userId, name: person.email } : { kind: "api-key", id: apiKeyId };
}
