import { sql, type ExpressionBuilder } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Tables } from "../db/tables.ts";
import { fromRow } from "./call-store.ts";
import type { Call } from "./call.ts";

// Web calls between the making of their token and somebody's joining. One UPDATE takes a call up, so that two browsers
// with the same token, or one that comes in the moment in which its time is up, never get the same call twice.

/** How long a browser may take to come, from the making of its token on. */
export const JOIN_WITHIN_MS = 10 * 60_000;

export type WebCallClaim =
  | { outcome: "claimed"; call: Call }
  /** there is no such web call */
  | { outcome: "unknown" }
  /** it goes on, with somebody in it */
  | { outcome: "taken" }
  | { outcome: "over" };

/** Takes a call up for the process at which its caller joins. */
export async function claimWebCall(db: Queryable, callId: string, nodeId: string): Promise<WebCallClaim> {
  const row = await db
    .updateTable("calls")
    .set({ node_id: nodeId, claimed_at: sql<Date>`now()`, updated_at: sql<Date>`now()` })
    .where("id", "=", callId)
    .where(isUnclaimed)
    .returningAll()
    .executeTakeFirst();
  if (row) return { outcome: "claimed", call: fromRow(row) };
  const found = await db
    .selectFrom("calls")
    .select("ended_at")
    .where("id", "=", callId)
    .where("direction", "=", "web")
    .executeTakeFirst();
  if (!found) return { outcome: "unknown" };
  return { outcome: found.ended_at ? "over" : "taken" };
}

/** Takes up the calls that nobody joined in time, so that they can be closed. */
export async function claimUnjoined(
  db: Queryable,
  options: { nodeId: string; olderThanMs: number; limit: number },
): Promise<Call[]> {
  const rows = await db
    .updateTable("calls")
    .set({ node_id: options.nodeId, claimed_at: sql<Date>`now()`, updated_at: sql<Date>`now()` })
    .where("id", "in", (query) =>
      query
        .selectFrom("calls")
        .select("id")
        .where(isUnclaimed)
        .where("created_at", "<", sql<Date>`now() - ${options.olderThanMs} * interval '1 millisecond'`)
        .orderBy("created_at")
        .limit(options.limit),
    )
    .where(isUnclaimed)
    .returningAll()
    .execute();
  return rows.map(fromRow);
}

function isUnclaimed({ and, eb }: ExpressionBuilder<Tables, "calls">) {
  return and([
    eb("direction", "=", "web"),
    eb("claimed_at", "is", null),
    eb("reported_at", "is", null),
    eb("status", "=", "ringing"),
  ]);
}
