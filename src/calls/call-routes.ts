import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { paginationQuery } from "../http/pagination.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { createCallCount } from "./call-count.ts";
import { createCountBetween, findCallRecord, listCalls, type CallRow } from "./call-list-store.ts";
import { toCallRecord } from "./call-record.ts";
import { readSearch } from "./call-search.ts";
import { instantField } from "../http/fields.ts";

const idField = z.string("must be given once").refine(isUuid, "must be an id");

/** Facts 2.3. Any status is accepted as a filter; one that no call has finds nothing. */
export const callListQuery = z.object({
  ...paginationQuery,
  status: z
    .string("must be given once")
    .regex(/^[a-z-]{1,50}$/, "must be a status such as ended or in-progress")
    .optional(),
  start_date: instantField("start").optional(),
  end_date: instantField("end").optional(),
  direction: z.enum(["inbound", "outbound", "web"]).optional().meta({ description: "Extension." }),
  agent_id: idField.optional().meta({ description: "Extension: of this assistant." }),
  number_id: idField.optional().meta({ description: "Extension: of this number of ours." }),
  search: z.string("must be given once").max(200).optional().meta({
    description:
      "Extension: a part of a telephone number, the beginning of a call's id, or words of the summary and the transcript.",
  }),
  messages: z
    .enum(["true", "false"])
    .optional()
    .meta({ description: "Extension: `false` leaves `messages` empty, which makes a long page short." }),
});

/** The read side of calls; what changes them is the lifecycle's. */
export function callRoutes(
  server: FastifyInstance,
  options: { db: Database; now: () => Date; recordingUrl: (recordingId: string) => string },
): void {
  const { db, now } = options;
  const toRecord = (call: CallRow) => toCallRecord(call, options.recordingUrl);
  const countAll = createCallCount({ countBetween: createCountBetween(db), now });

  server.get("/calls", async (request) => {
    const query = parseBody(callListQuery, request.query);
    const { limit, offset, start_date: startDate, end_date: endDate } = query;
    if (startDate && endDate && startDate > endDate) {
      throw validationError(["start_date: must not be after end_date"]);
    }
    const filter = {
      status: query.status,
      direction: query.direction,
      assistantId: query.agent_id,
      numberId: query.number_id,
      startDate,
      endDate,
      // An empty field of a form asks for nothing.
      search: query.search?.trim() ? readSearch(query.search) : undefined,
    };
    const page = { limit, offset, hasMessages: query.messages !== "false" };
    const { calls, total } = await listCalls(db, request.organizationId, filter, page, countAll);
    return { calls: calls.map(toRecord), pagination: { total, limit, offset } };
  });

  // Unwrapped, unlike the others (facts 2.0).
  server.get<{ Params: { id: string } }>("/calls/:id", async (request) => {
    const { id } = request.params;
    const call = isUuid(id) ? await findCallRecord(db, request.organizationId, id) : undefined;
    if (!call) throw new ApiError("call_not_found");
    return toRecord(call);
  });
}
