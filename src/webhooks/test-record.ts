import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toAttemptOnWire } from "./attempt-view.ts";
import { findEvent, listAttempts } from "./event-list-store.ts";

/** The record of a synchronous request is written moments after its answer, in batches. */
const WAIT_MS = 2_000;
const LOOK_EVERY_MS = 10;

/** What was sent in a test, and what came back, as the API shows it. */
export async function showTestRecord(
  { db, clock }: { db: Database; clock: Clock },
  organizationId: string,
  eventId: string,
) {
  const untilMs = clock.monotonicMs() + WAIT_MS;
  for (;;) {
    const event = await findEvent(db, organizationId, eventId);
    if (event) {
      const attempts = await listAttempts(db, eventId);
      return {
        requestBody: JSON.parse(event.body.toString()) as unknown,
        attempts: attempts.map((attempt) => toAttemptOnWire(attempt, event)),
      };
    }
    // While the database does not take it, what came of the test is told all the same.
    if (clock.monotonicMs() > untilMs) return { requestBody: null, attempts: [] };
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
  }
}
