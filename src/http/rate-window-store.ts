import { sql } from "kysely";
import type { Database } from "../db/database.ts";
import type { TakeFromWindow } from "./rate-limiter.ts";

/**
 * Counts in the database, by its clock, so that several processes share one count. One statement: two requests in the
 * same moment wait for each other on the row, and neither sees the other's place.
 */
export function createTakeFromWindow(db: Database): TakeFromWindow {
  return async (subject, windowSeconds, count) => {
    const {
      rows: [row],
    } = await sql<{ used: string; reset_at_s: string; reset_in_ms: number }>`
      insert into rate_windows as w (subject, window_start, used)
      values (
        ${subject},
        to_timestamp(floor(extract(epoch from now()) / ${windowSeconds}::int) * ${windowSeconds}::int),
        ${count}
      )
      on conflict (subject) do update set
        used = excluded.used + case when w.window_start = excluded.window_start then w.used else 0 end,
        window_start = excluded.window_start
      returning
        used,
        extract(epoch from window_start) + ${windowSeconds}::int as reset_at_s,
        (extract(epoch from window_start - now()) + ${windowSeconds}::int)::float8 * 1000 as reset_in_ms
    `.execute(db);
    return {
      usedBefore: Number(row!.used) - count,
      resetAtSeconds: Number(row!.reset_at_s),
      resetInMs: row!.reset_in_ms,
    };
  };
}

/** Windows that are long over; without it a row for every call that was ever controlled would stay. */
export async function deleteOldRateWindows(db: Database): Promise<void> {
  await sql`delete from rate_windows where window_start < now() - interval '1 hour'`.execute(db);
}
