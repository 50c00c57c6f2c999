import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { paginationQuery } from "../http/pagination.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { findCallRecord, listCalls } from "./call-list-store.ts";
import { toCallRecord } from "./call-record.ts";
import { readInstant } from "./instant.ts";

/** Facts 2.3. Any status is accepted as a filter; one that no call has finds nothing. */
const listQuery = z.object({
  ...paginationQuery,
  status: z
    .string("must be given once")
    .regex(/^[a-z-]{1,50}$/, "must be a status such as ended or in-progress")
    .optional(),
  start_date: instant("start").optional(),
  end_date: instant("end").optional(),
});

/** The read side of calls; what changes them is the lifecycle's. */
export function callRoutes(server: FastifyInstance, { db }: { db: Database }): void {
  server.get("/calls", async (request) => {
    const query = parseBody(listQuery, request.query);
    const { limit, offset, start_date: startDate, end_date: endDate } = query;
    if (startDate && endDate && startDate > endDate) {
      throw validationError(["start_date: must not be after end_date"]);
    }
    const filter = { status: query.status, startDate, endDate };
    const { calls, total } = await listCalls(db, request.organizationId, filter, { limit, offset });
    return { calls: calls.map(toCallRecord), pagination: { total, limit, offset } };
  });

  // Unwrapped, unlike the others (facts 2.0).
  server.get<{ Params: { id: string } }>("/calls/:id", async (request) => {
    const { id } = request.params;
    const call = isUuid(id) ? await findCallRecord(db, request.organizationId, id) : undefined;
    if (!call) throw new ApiError(404, "Call not found");
    return toCallRecord(call);
  });
}

function instant(side: "start" | "end") {
  return z.string("must be given once").transform((text, context) => {
    const date = readInstant(text, side);
    if (date) return date;
    const message =
      "must be an ISO 8601 date (2026-01-31) or a time with its zone (2026-01-31T12:00:00Z, or +02:00 with the + as %2B)";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}
