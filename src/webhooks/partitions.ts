import { sql } from "kysely";
import type { Database } from "../db/database.ts";

const PARTITIONED = ["webhook_events", "webhook_attempts"];
const DAYS_AHEAD = 7;
const DAY_MS = 86_400_000;

/**
 * Makes the daily partitions from today to a week ahead. Run at start and daily: a server that is up for a week finds
 * tomorrow's in place, and what comes late all the same falls into the default partition and is not lost.
 */
export async function ensurePartitions(db: Database, now: Date): Promise<void> {
  for (const table of PARTITIONED) {
    for (let day = 0; day <= DAYS_AHEAD; day++) {
      const from = dayOf(new Date(now.getTime() + day * DAY_MS));
      const to = dayOf(new Date(now.getTime() + (day + 1) * DAY_MS));
      const name = `${table}_${from.replaceAll("-", "")}`;
      // Only names and dates made here: nothing of a user's goes into this text.
      await sql
        .raw(
          `create table if not exists ${name} partition of ${table} for values from ('${from} 00:00+00') to ('${to} 00:00+00')`,
        )
        .execute(db);
    }
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
