import pg from "pg";
import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";

export type DatabaseClock =
  /** how far the database's clock is ahead of ours; the time on the way is taken out */
  { outcome: "read"; aheadMs: number } | { outcome: "unreachable"; detail: string };

/** Asks a database for its time, by a connection of its own that is closed again. Never rejects. */
export async function readDatabaseClock(connectionString: string, clock: Clock): Promise<DatabaseClock> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    // Once to warm up: the first query of a connection takes longer one way than the other.
    await client.query("select 1");
    const askedMs = clock.now().getTime();
    const { rows } = await client.query<{ ms: string }>(
      "select extract(epoch from clock_timestamp()) * 1000 as ms",
    );
    const halfwayMs = (askedMs + clock.now().getTime()) / 2;
    return { outcome: "read", aheadMs: Math.round(Number(rows[0]!.ms) - halfwayMs) };
  } catch (error) {
    return { outcome: "unreachable", detail: toError(error).message };
  } finally {
    await client.end().catch(() => undefined);
  }
}
