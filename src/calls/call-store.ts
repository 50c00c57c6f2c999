import { sql, type Selectable } from "kysely";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { TranscriptMessage } from "../conversation/conversation.ts";
import type { Queryable } from "../db/database.ts";
import type { Tables } from "../db/tables.ts";
import { FINAL_STATUSES, statusesBefore, type CallStatus, type EndReason } from "./call-state.ts";
import type { Call, CallConclusions, NewCall } from "./call.ts";

/**
 * The last guard of gdpr-mode.ts: whoever writes a call's content, in whatever way the call came, cannot write that of
 * a call in GDPR mode. The configuration is written before the first word is spoken.
 */
const isInGdprMode = sql<boolean>`coalesce(configuration->>'gdpr_mode' = 'true', false)`;

export async function insertCall(db: Queryable, call: NewCall): Promise<void> {
  await db
    .insertInto("calls")
    .values({
      id: call.id,
      organization_id: call.organizationId,
      node_id: call.nodeId,
      direction: call.direction,
      carrier_call_id: call.carrierCallId,
      status: call.direction === "outbound" ? "connecting" : ("ringing" satisfies CallStatus),
      caller_number: call.callerNumber,
      called_number: call.calledNumber,
      number_id: call.numberId,
      number_name: call.numberName,
      assistant_id: call.assistantId,
    })
    .execute();
}

export interface CallChanges {
  carrierCallId?: string;
  assistantId?: string | null;
  configuration?: AssistantConfiguration;
  webhookSecret?: Buffer | null;
  startedAt?: Date;
  endedAt?: Date;
  endReason?: EndReason;
  error?: string | null;
}

/**
 * Moves a call to another status, if that is a legal move from where it is now (call-state.ts).
 * @returns the call after the move, or undefined when it was refused
 */
export async function moveCall(
  db: Queryable,
  callId: string,
  to: CallStatus,
  changes: CallChanges,
): Promise<Call | undefined> {
  const row = await db
    .updateTable("calls")
    .set({ status: to, ...toColumns(changes), updated_at: sql<Date>`now()` })
    .where("id", "=", callId)
    .where("status", "in", statusesBefore(to))
    .returningAll()
    .executeTakeFirst();
  return row && fromRow(row);
}

/** Writes the decision on a call that still rings, so that a crash from here on is reported to the right endpoint. */
export async function saveDecision(db: Queryable, callId: string, changes: CallChanges): Promise<void> {
  await db
    .updateTable("calls")
    .set({
      ...toColumns(changes),
      // Of the assistant that the change names, else of the call's: an expression sees the row as it was.
      ...(changes.configuration !== undefined && {
        assistant_version: sql<number | null>`(select version from assistants
          where id = ${changes.assistantId === undefined ? sql`calls.assistant_id` : sql`${changes.assistantId}::uuid`})`,
      }),
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", callId)
    .execute();
}

/** The transcript so far: a process that is killed loses the sentence being spoken, not the conversation. */
export async function saveMessages(
  db: Queryable,
  callId: string,
  messages: TranscriptMessage[],
): Promise<void> {
  await db
    .updateTable("calls")
    .set({ messages: JSON.stringify(messages), updated_at: sql<Date>`now()` })
    .where("id", "=", callId)
    .where("reported_at", "is", null)
    .where(isInGdprMode, "=", false)
    .execute();
}

/**
 * Marks a finished call as reported. Only one caller ever gets the call back; everybody after gets undefined, which
 * is what makes the end-of-call-report exactly one.
 */
export async function markReported(
  db: Queryable,
  callId: string,
  { summary, analysis }: CallConclusions,
): Promise<Call | undefined> {
  const row = await db
    .updateTable("calls")
    .set({
      // A text of PostgreSQL's has no NUL: a model that wrote one would leave the call without its report.
      summary: sql<
        string | null
      >`case when ${isInGdprMode} then null else ${summary?.replaceAll("\u0000", "") ?? null} end`,
      messages: sql<string | null>`case when ${isInGdprMode} then null else messages end`,
      analysis_result: sql<
        string | null
      >`case when ${isInGdprMode} then null else ${analysis ? JSON.stringify(analysis) : null}::json end`,
      reported_at: sql<Date>`now()`,
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", callId)
    .where("reported_at", "is", null)
    .where("status", "in", FINAL_STATUSES)
    .returningAll()
    .executeTakeFirst();
  return row && fromRow(row);
}

export async function findCall(db: Queryable, callId: string): Promise<Call | undefined> {
  const row = await db.selectFrom("calls").selectAll().where("id", "=", callId).executeTakeFirst();
  return row && fromRow(row);
}

/** Calls that a dead node left without an end or without a report, with the last sign of life of that node. */
export async function findOrphans(
  db: Queryable,
  options: { limit: number; silentForMs: number },
): Promise<{ call: Call; lastSeenAt: Date }[]> {
  const rows = await db
    .selectFrom("calls")
    .innerJoin("nodes", "nodes.id", "calls.node_id")
    .selectAll("calls")
    .select("nodes.heartbeat_at as last_seen_at")
    .where("calls.reported_at", "is", null)
    // A web call that nobody has joined yet is nobody's: a process that dies takes nothing from it (web-call-store.ts).
    .where((where) =>
      where.or([where("calls.direction", "!=", "web"), where("calls.claimed_at", "is not", null)]),
    )
    .where((where) =>
      where.or([
        where("nodes.stopped_at", "is not", null),
        where(
          "nodes.heartbeat_at",
          "<",
          sql<Date>`now() - ${options.silentForMs} * interval '1 millisecond'`,
        ),
      ]),
    )
    .orderBy("calls.created_at")
    .limit(options.limit)
    .execute();
  return rows.map(({ last_seen_at, ...row }) => ({ call: fromRow(row), lastSeenAt: last_seen_at }));
}

function toColumns(changes: CallChanges) {
  return {
    ...(changes.carrierCallId !== undefined && { carrier_call_id: changes.carrierCallId }),
    ...(changes.assistantId !== undefined && { assistant_id: changes.assistantId }),
    ...(changes.configuration !== undefined && { configuration: JSON.stringify(changes.configuration) }),
    ...(changes.webhookSecret !== undefined && { webhook_secret: changes.webhookSecret }),
    ...(changes.startedAt !== undefined && { started_at: changes.startedAt }),
    ...(changes.endedAt !== undefined && { ended_at: changes.endedAt }),
    ...(changes.endReason !== undefined && { end_reason: changes.endReason }),
    ...(changes.error !== undefined && { error: changes.error }),
  };
}

export function fromRow(row: Selectable<Tables["calls"]>): Call {
  return {
    id: row.id,
    organizationId: row.organization_id,
    nodeId: row.node_id,
    direction: row.direction,
    status: row.status as CallStatus,
    endReason: row.end_reason as EndReason | null,
    error: row.error,
    callerNumber: row.caller_number,
    calledNumber: row.called_number,
    numberId: row.number_id,
    numberName: row.number_name,
    assistantId: row.assistant_id,
    configuration: row.configuration as AssistantConfiguration | null,
    webhookSecret: row.webhook_secret,
    messages: (row.messages ?? []) as TranscriptMessage[],
    summary: row.summary,
    analysisResult: row.analysis_result as Record<string, unknown> | null,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
