import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { paginationQuery } from "../http/pagination.ts";
import { parseBody } from "../http/validation.ts";
import { listEmails, type EmailRow } from "./email-list-store.ts";

export const emailListQuery = z.object({ ...paginationQuery, call_id: z.uuid().optional() });

/** What became of the reports by e-mail. Read-only; what they said is not kept. */
export function emailRoutes(server: FastifyInstance, { db }: { db: Database }): void {
  server.get("/emails", async (request) => {
    const { limit, offset, call_id: callId } = parseBody(emailListQuery, request.query);
    const { emails, total } = await listEmails(db, request.organizationId, { callId }, { limit, offset });
    return { emails: emails.map(toWire), pagination: { total, limit, offset } };
  });
}

function toWire(email: EmailRow) {
  const { run_at: nextAttemptAt, ...shown } = email;
  return { ...shown, next_attempt_at: email.state === "pending" ? nextAttemptAt : null };
}
