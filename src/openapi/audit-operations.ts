import { z } from "zod";
import { auditLogQuery } from "../audit/audit-routes.ts";
import type { Operation } from "./operation.ts";
import { paginationShape } from "./shapes.ts";

const auditEntryShape = z
  .object({
    id: z.uuid(),
    created_at: z.iso.datetime(),
    action: z.string().meta({ description: "`noun.verb`, such as `api-key.revoked`." }),
    actor: z.object({
      kind: z.enum(["user", "api-key", "nobody"]),
      id: z.uuid().nullable(),
      name: z.string().nullable().meta({ description: "The e-mail, or the key's name, as it was then." }),
    }),
    address: z.string().nullable(),
    subject_id: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "AuditEntry" });

export const auditOperations: Operation[] = [
  {
    method: "get",
    path: "/audit-log",
    tag: "Members",
    summary: "Who did what, when and from where, the latest first; `action` finds one, or all of a noun",
    isExtension: true,
    query: auditLogQuery,
    answers: {
      200: {
        description: "A page",
        schema: z.object({ audit_log: z.array(auditEntryShape), pagination: paginationShape }),
      },
    },
  },
];
