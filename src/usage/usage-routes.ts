import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { instantField } from "../http/fields.ts";
import { paginationQuery } from "../http/pagination.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { listUsage } from "./usage-store.ts";

export const usageQuery = z.object({
  ...paginationQuery,
  start_date: instantField("start").optional(),
  end_date: instantField("end").optional(),
});

/** `GET /usage` (facts 2.10): what was talked, the latest first; the summary is of the whole period, not of the page. */
export function usageRoutes(server: FastifyInstance, { db }: { db: Database }): void {
  server.get("/usage", async (request) => {
    const { limit, offset, start_date: startDate, end_date: endDate } = parseBody(usageQuery, request.query);
    if (startDate && endDate && startDate > endDate) {
      throw validationError(["start_date: must not be after end_date"]);
    }
    const { logs, total, totalSeconds } = await listUsage(
      db,
      request.organizationId,
      { startDate, endDate },
      { limit, offset },
    );
    return {
      logs: logs.map((log) => ({
        id: log.id,
        duration_sec: log.duration_sec,
        call_type: log.call_type,
        phone_number: log.phone_number,
        agent_name: log.agent_name,
        business_name: log.business_name,
        created_at: log.created_at,
      })),
      pagination: { total, limit, offset },
      summary: {
        total_calls: total,
        total_duration_seconds: totalSeconds,
        total_duration_minutes: Math.round((totalSeconds / 60) * 100) / 100,
      },
    };
  });
}
