import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { paginationQuery } from "../http/pagination.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { findCallRecord, listCalls, type CallRow } from "./call-list-store.ts";
import { durationSeconds } from "./call-state.ts";

const date = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], "must be an ISO 8601 date or date-time")
  .transform((text) => new Date(text));

/** Facts 2.3. Any status is accepted as a filter; one that no call has finds nothing. */
const listQuery = z.object({
  ...paginationQuery,
  status: z
    .string()
    .regex(/^[a-z-]{1,50}$/, "must be a status such as ended or in-progress")
    .optional(),
  start_date: date.optional(),
  end_date: date.optional(),
});

export function callRoutes(server: FastifyInstance, { db }: { db: Database }): void {
  server.get("/calls", async (request) => {
    const query = parseBody(listQuery, request.query);
    const { limit, offset } = query;
    const filter = { status: query.status, startDate: query.start_date, endDate: query.end_date };
    const { calls, total } = await listCalls(db, request.organizationId, filter, { limit, offset });
    return { calls: calls.map(toWire), pagination: { total, limit, offset } };
  });

  // Unwrapped, unlike the others (facts 2.0).
  server.get<{ Params: { id: string } }>("/calls/:id", async (request) => {
    const { id } = request.params;
    const call = isUuid(id) ? await findCallRecord(db, request.organizationId, id) : undefined;
    if (!call) throw new ApiError(404, "Call not found");
    return toWire(call);
  });
}

function toWire(call: CallRow) {
  const isOver = call.ended_at !== null;
  return {
    id: call.id,
    caller_phone: call.caller_number,
    assistant_phone: call.called_number,
    status: call.status,
    direction: call.direction,
    end_reason: call.end_reason,
    error: call.error,
    started_at: call.started_at,
    ended_at: call.ended_at,
    duration_seconds: isOver ? durationSeconds({ startedAt: call.started_at, endedAt: call.ended_at }) : null,
    summary: call.summary,
    analysis_result: call.analysis_result,
    messages: call.messages ?? [],
    room_name: null,
    recording_url: call.recording_url,
    agent_id: call.assistant_id,
    number_id: call.number_id,
    agent_name: call.assistant_name,
    business_name: call.business_name,
    phone_number: call.called_number,
    created_at: call.created_at,
    updated_at: call.updated_at,
  };
}
