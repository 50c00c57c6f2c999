import type { Queryable } from "../db/database.ts";

/** What a handler knows of its change that its request does not say. */
export interface AuditMore {
  /** what it was done to; else the id of the path, or of what the answer shows */
  subjectId?: string;
  detail?: Record<string, unknown>;
}

declare module "fastify" {
  interface FastifyRequest {
    /**
     * Notes in the audit log that this request's operation is carried out, in the transaction that carries it out. An
     * operation that does not call it is noted when its answer goes out.
     */
    audit(tx: Queryable, more?: AuditMore): Promise<void>;
  }
}
