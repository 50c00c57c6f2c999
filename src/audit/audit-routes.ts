import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { paginationQuery } from "../http/pagination.ts";
import { parseBody } from "../http/validation.ts";
import { listAuditLog } from "./audit-store.ts";

export const auditLogQuery = z.object({
  ...paginationQuery,
  action: z.string("must be given once").max(100).optional(),
});

/** `GET /audit-log`: who did what in the organization, the latest first. */
export function auditRoutes(server: FastifyInstance, options: { db: Database }): void {
  server.get("/audit-log", async (request) => {
    const { limit, offset, action } = parseBody(auditLogQuery, request.query);
    const { rows, total } = await listAuditLog(options.db, request.organizationId, { limit, offset, action });
    return {
      audit_log: rows.map((row) => ({
        id: row.id,
        created_at: row.created_at,
        action: row.action,
        actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
        address: row.address,
        subject_id: row.subject_id,
        detail: row.detail,
      })),
      pagination: { total, limit, offset },
    };
  });
}
