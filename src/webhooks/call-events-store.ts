import type { Queryable } from "../db/database.ts";
import { listEventsOfCall } from "./event-list-store.ts";

/** A receiver that was down for days has hundreds of attempts of one event; a picture of a call shows the first of them. */
const MOST_ATTEMPTS = 1_000;

/** Of one call, in order, each with the requests that were made for it. */
export async function listEventsWithAttempts(db: Queryable, organizationId: string, callId: string) {
  const events = await listEventsOfCall(db, organizationId, callId);
  if (events.length === 0) return [];
  const attempts = await db
    .selectFrom("webhook_attempts")
    .select(["event_id", "number", "created_at", "duration_ms", "outcome", "status_code"])
    .where(
      "event_id",
      "in",
      events.map(({ id }) => id),
    )
    .orderBy("created_at")
    .limit(MOST_ATTEMPTS)
    .execute();
  const byEvent = Map.groupBy(attempts, (attempt) => attempt.event_id);
  return events.map((event) => ({
    ...event,
    attempts: (byEvent.get(event.id) ?? []).map((attempt) => ({
      number: attempt.number,
      startedAt: attempt.created_at,
      durationMs: attempt.duration_ms,
      outcome: attempt.outcome,
      statusCode: attempt.status_code,
    })),
  }));
}
