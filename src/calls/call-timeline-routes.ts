import type { FastifyInstance } from "fastify";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { isUuid } from "../ids.ts";
import { listActivity } from "./call-activity-store.ts";
import { activityOnWire, MOST_ACTIVITIES } from "./call-activity.ts";
import { findCallRecord } from "./call-list-store.ts";
import { findTrace } from "./call-trace-store.ts";
import type { CallTraces } from "./call-traces.ts";

/** A webhook of a call with its requests. */
export interface TimelineEvent {
  id: string;
  type: string;
  state: string;
  reason: string | null;
  url: string | null;
  createdAt: Date;
  attempts: {
    number: number;
    startedAt: Date;
    durationMs: number;
    outcome: string;
    statusCode: number | null;
  }[];
}

/**
 * `GET /calls/{id}/timeline`: everything that happened in a call on one axis, for a page to draw: what was said and done,
 * how long the caller waited, webhooks and their requests, and where the recording begins. An extension.
 */
export function callTimelineRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    now: () => Date;
    traces: Pick<CallTraces, "find">;
    recordingUrl: (recordingId: string) => string;
    /** oldest first */
    listEvents(organizationId: string, callId: string): Promise<TimelineEvent[]>;
  },
): void {
  const { db } = options;

  server.get<{ Params: { id: string } }>("/calls/:id/timeline", async (request) => {
    const { organizationId } = request;
    const { id } = request.params;
    const call = isUuid(id) ? await findCallRecord(db, organizationId, id) : undefined;
    if (!call) throw new ApiError("call_not_found");
    const live = options.traces.find(id)?.read();
    const [activities, read, kept, events] = await Promise.all([
      listActivity(db, id, { after: 0, limit: MOST_ACTIVITIES }),
      live,
      live ? undefined : findTrace(db, organizationId, id),
      options.listEvents(organizationId, id),
    ]);
    const startedAt = call.created_at;
    const offset = (at: Date) => at.getTime() - startedAt.getTime();
    const trace = read?.trace ?? kept;
    // A trace counts from the first SIP message, which came a few milliseconds before the call's row.
    const traceOffset = trace ? offset(new Date(trace.started_at)) : 0;
    return {
      timeline: {
        call_id: id,
        started_at: startedAt,
        duration_ms: offset(call.ended_at ?? options.now()),
        is_over: call.ended_at !== null,
        activity: activities.map((activity) => activityOnWire(activity, startedAt)),
        turns: (trace?.turns ?? []).map((turn) => ({ ...turn, offset_ms: turn.offset_ms + traceOffset })),
        webhooks: events.map((event) => ({
          id: event.id,
          offset_ms: offset(event.createdAt),
          type: event.type,
          state: event.state,
          reason: event.reason,
          url: event.url,
          attempts: event.attempts.map((attempt) => ({
            number: attempt.number,
            offset_ms: offset(attempt.startedAt),
            duration_ms: attempt.durationMs,
            outcome: attempt.outcome,
            status_code: attempt.statusCode,
          })),
        })),
        recording:
          call.recording_id === null || call.recording_started_at === null
            ? null
            : {
                url: options.recordingUrl(call.recording_id),
                offset_ms: offset(call.recording_started_at),
                duration_ms: Number(call.recording_duration_ms ?? 0),
              },
      },
    };
  });
}
