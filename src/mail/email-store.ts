import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import type { CallReport } from "./call-report.ts";

export async function insertEmail(
  tx: Queryable,
  email: { id: string; organizationId: string; recipients: string[]; messageId: string; report: CallReport },
): Promise<void> {
  await tx
    .insertInto("emails")
    .values({
      id: email.id,
      organization_id: email.organizationId,
      call_id: email.report.callId,
      recipients: email.recipients,
      message_id: email.messageId,
      report: JSON.stringify(email.report),
      state: "pending",
    })
    .execute();
}

/** An e-mail that is ours as long as our node lives. */
export interface ClaimedEmail {
  id: string;
  claimId: string;
  organizationId: string;
  callId: string;
  recipients: string[];
  deliveredTo: string[];
  messageId: string;
  report: CallReport;
  /** failed ones so far */
  attemptCount: number;
  createdAt: Date;
}

/** What became of a claimed e-mail. */
export type EmailUpdate =
  | { state: "sent"; transport: string }
  | { state: "skipped"; error: string }
  | { state: "failed"; error: string; transport: string | null; deliveredTo: readonly string[] }
  | {
      state: "pending";
      error: string;
      transport: string | null;
      deliveredTo: readonly string[];
      delayMs: number;
    };

/** As with webhook deliveries: a node without a heartbeat for this long has lost its claims. */
const NODE_DEAD_AFTER_MS = 8_000;

/** Claims what is due, the longest due first. The claim's id fences off an earlier claimer that was only taken for dead. */
export async function claimEmails(
  db: Database,
  options: { claimId: string; nodeId: string; limit: number },
): Promise<ClaimedEmail[]> {
  const due = db
    .selectFrom("emails")
    .select("id")
    .where("state", "=", "pending")
    .where("run_at", "<=", sql<Date>`now()`)
    .orderBy("run_at")
    .limit(options.limit)
    .forUpdate()
    .skipLocked();
  const rows = await db
    .updateTable("emails")
    .set({ state: "in-flight", claim_id: options.claimId, node_id: options.nodeId })
    // As an array: a plan that asks a sub-select twice would claim more than the limit.
    .where("id", "=", sql<string>`any(array(${due}))`)
    .returningAll()
    .execute();
  return rows.map((row) => ({
    id: row.id,
    claimId: options.claimId,
    organizationId: row.organization_id,
    callId: row.call_id,
    recipients: row.recipients,
    deliveredTo: row.delivered_to,
    messageId: row.message_id,
    report: row.report as CallReport,
    attemptCount: row.attempt_count,
    createdAt: row.created_at,
  }));
}

/** Writes a result. A row whose claim is not ours any more is left alone. */
export async function finishEmail(
  db: Queryable,
  claim: Pick<ClaimedEmail, "id" | "claimId" | "recipients">,
  update: EmailUpdate,
): Promise<void> {
  const isOver = update.state !== "pending";
  const deliveredTo =
    update.state === "sent"
      ? claim.recipients
      : update.state === "skipped"
        ? undefined
        : [...update.deliveredTo];
  await db
    .updateTable("emails")
    .set((column) => ({
      state: update.state,
      claim_id: null,
      node_id: null,
      last_error: update.state === "sent" ? null : update.error,
      ...("transport" in update && {
        transport: update.transport,
        attempt_count: column("attempt_count", "+", 1),
      }),
      ...(deliveredTo && { delivered_to: deliveredTo }),
      ...(isOver
        ? { report: null, finished_at: sql<Date>`now()` }
        : { run_at: sql<Date>`now() + ${update.delayMs} * interval '1 millisecond'` }),
    }))
    .where("id", "=", claim.id)
    .where("claim_id", "=", claim.claimId)
    .execute();
}

/** Gives back what was claimed and not begun. */
export async function releaseEmails(db: Queryable, claimId: string): Promise<void> {
  await db
    .updateTable("emails")
    .set({ state: "pending", claim_id: null, node_id: null })
    .where("claim_id", "=", claimId)
    .execute();
}

/** Takes back what dead nodes held. Our own claims are in our memory, so they stay ours. */
export async function releaseDeadEmailClaims(db: Database, ownNodeId: string): Promise<void> {
  await sql`
    update emails e set state = 'pending', run_at = now(), claim_id = null, node_id = null
    from nodes n
    where e.state = 'in-flight' and e.node_id = n.id and n.id <> ${ownNodeId}
      and (n.stopped_at is not null or n.heartbeat_at < now() - ${NODE_DEAD_AFTER_MS} * interval '1 millisecond')
  `.execute(db);
}

/** How long until something is due; undefined: nothing waits. */
export async function nextEmailDueInMs(db: Database): Promise<number | undefined> {
  const row = await db
    .selectFrom("emails")
    .select(sql<number | null>`extract(epoch from min(run_at) - now())::float8 * 1000`.as("due_in_ms"))
    .where("state", "=", "pending")
    .executeTakeFirst();
  return row?.due_in_ms ?? undefined;
}

/** An e-mail that could not be sent for as long as its call's content may be kept is not sent any more. */
export async function forgetEmailContent(tx: Queryable, callIds: readonly string[]): Promise<void> {
  await tx
    .updateTable("emails")
    .set({
      state: "failed",
      report: null,
      claim_id: null,
      node_id: null,
      last_error: "The retention period of the call's content was over",
      finished_at: sql<Date>`now()`,
    })
    .where("call_id", "in", callIds)
    .where("state", "in", ["pending", "in-flight"])
    .execute();
}

export async function deleteEmails(tx: Queryable, callIds: readonly string[]): Promise<void> {
  await tx.deleteFrom("emails").where("call_id", "in", callIds).execute();
}
