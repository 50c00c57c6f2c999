import type { Clock } from "./clock.ts";
import type { Database } from "./db/database.ts";
import type { UpkeepTask } from "./db/upkeep-loop.ts";
import { deleteActivity, forgetActivityContent } from "./calls/call-activity-store.ts";
import { forgetWords } from "./calls/call-words-store.ts";
import { deleteOldAuditEntries } from "./audit/audit-store.ts";
import { deleteOldCommands } from "./calls/command-store.ts";
import { deleteTraces } from "./calls/call-trace-store.ts";
import { forgetOldCalls } from "./calls/call-retention.ts";
import { deleteOldRequests } from "./idempotency/idempotent-request-store.ts";
import { deleteEmails, forgetEmailContent } from "./mail/email-store.ts";
import { deleteOldRateWindows } from "./http/rate-window-store.ts";
import { deleteOldLinks } from "./people/link-store.ts";
import { deleteOverSessions } from "./people/session-store.ts";
import { listRetentionPeriods } from "./organizations/retention-store.ts";
import { forgetRecordings } from "./recordings/recording-store.ts";
import { forgetCallEvents } from "./webhooks/retention.ts";

/** What is thrown away every hour. */
export function upkeepTasks(db: Database, clock: Clock): UpkeepTask[] {
  return [
    { name: "old rate windows", run: () => deleteOldRateWindows(db) },
    { name: "sessions that are over", run: () => deleteOverSessions(db, clock.now()) },
    { name: "old entries of the audit log", run: () => deleteOldAuditEntries(db) },
    { name: "links that are over", run: () => deleteOldLinks(db, clock.now()) },
    { name: "old control commands", run: () => deleteOldCommands(db) },
    { name: "old idempotent requests", run: () => deleteOldRequests(db) },
    {
      name: "calls past their retention",
      run: () =>
        forgetOldCalls({
          db,
          now: clock.now(),
          listPeriods: () => listRetentionPeriods(db),
          async forgetContent(tx, callIds) {
            await forgetCallEvents(tx, callIds, "content");
            await forgetActivityContent(tx, callIds);
            await forgetWords(tx, callIds);
            await forgetEmailContent(tx, callIds);
            await forgetRecordings(tx, callIds);
          },
          async forgetMetadata(tx, callIds) {
            await forgetCallEvents(tx, callIds, "all");
            await deleteEmails(tx, callIds);
            await deleteActivity(tx, callIds);
            await deleteTraces(tx, callIds);
          },
        }),
    },
  ];
}
