import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import type { CallCommand, CommandAnswer } from "./call-command.ts";

/** Where a node hears of commands for its calls, and of answers to those that it has sent. */
export function channelOf(nodeId: string): string {
  return `switchhook_node_${nodeId.replaceAll("-", "")}`;
}

/** Inserts a command and tells the node that carries the call, in one transaction. */
export async function insertCommand(
  db: Database,
  order: { id: string; callId: string; nodeId: string; sentBy: string; command: CallCommand },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto("call_commands")
      .values({
        id: order.id,
        call_id: order.callId,
        node_id: order.nodeId,
        sent_by: order.sentBy,
        command: JSON.stringify(order.command),
      })
      .execute();
    await sql`select pg_notify(${channelOf(order.nodeId)}, ${order.id})`.execute(tx);
  });
}

export interface WaitingCommand {
  id: string;
  callId: string;
  sentBy: string;
  command: CallCommand;
}

/** What waits for this node, oldest first. */
export async function findWaitingCommands(db: Queryable, nodeId: string): Promise<WaitingCommand[]> {
  const rows = await db
    .selectFrom("call_commands")
    .select(["id", "call_id", "sent_by", "command"])
    .where("node_id", "=", nodeId)
    .where("answered_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    callId: row.call_id,
    sentBy: row.sent_by,
    command: row.command as CallCommand,
  }));
}

/** Answers a command. @returns false: nobody waits for it any more, and it must not be carried out */
export async function answerCommand(
  db: Database,
  { id, sentBy }: WaitingCommand,
  answer: CommandAnswer,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable("call_commands")
      .set({
        refusal: answer.outcome === "refused" ? answer.detail : "",
        answered_at: sql<Date>`now()`,
      })
      .where("id", "=", id)
      .where("answered_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await sql`select pg_notify(${channelOf(sentBy)}, ${id})`.execute(tx);
    return true;
  });
}

/** @returns the answer, with its row gone; undefined: there is none yet */
export async function takeAnswer(db: Queryable, id: string): Promise<CommandAnswer | undefined> {
  return toAnswer(
    await db
      .deleteFrom("call_commands")
      .where("id", "=", id)
      .where("answered_at", "is not", null)
      .returning("refusal")
      .executeTakeFirst(),
  );
}

/** Gives up on a command. @returns undefined: it is not carried out; else the answer that came at the last moment */
export async function withdrawCommand(db: Queryable, id: string): Promise<CommandAnswer | undefined> {
  return toAnswer(
    await db.deleteFrom("call_commands").where("id", "=", id).returning("refusal").executeTakeFirst(),
  );
}

function toAnswer(row: { refusal: string | null } | undefined): CommandAnswer | undefined {
  if (!row || row.refusal === null) return undefined;
  return row.refusal === "" ? { outcome: "taken" } : { outcome: "refused", detail: row.refusal };
}

/** What processes that died have left: nobody waits for an answer longer than seconds. */
export async function deleteOldCommands(db: Queryable): Promise<void> {
  await db
    .deleteFrom("call_commands")
    .where("created_at", "<", sql<Date>`now() - interval '1 minute'`)
    .execute();
}

/** Who carries a call, and whether that process is alive. */
export async function findCarrier(
  db: Queryable,
  callId: string,
  silentForMs: number,
): Promise<{ nodeId: string; isAlive: boolean } | undefined> {
  const row = await db
    .selectFrom("calls")
    .leftJoin("nodes", "nodes.id", "calls.node_id")
    .select([
      "calls.node_id",
      sql<boolean>`coalesce(nodes.stopped_at is null and nodes.heartbeat_at >= now() - ${silentForMs} * interval '1 millisecond', false)`.as(
        "is_alive",
      ),
    ])
    .where("calls.id", "=", callId)
    .executeTakeFirst();
  return row && { nodeId: row.node_id, isAlive: row.is_alive };
}
