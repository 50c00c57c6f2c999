import type { Queryable } from "../db/database.ts";
import type { TraceOnWire } from "./call-trace.ts";
import type { CallCapture, ReadTrace } from "./call-traces.ts";

/** Once a call, at its end; a write that is repeated changes nothing. */
export async function saveTrace(
  db: Queryable,
  call: { id: string; organizationId: string },
  { trace, capture }: ReadTrace,
): Promise<void> {
  await db
    .insertInto("call_traces")
    .values({
      call_id: call.id,
      organization_id: call.organizationId,
      trace: JSON.stringify(trace),
      capture: capture ? JSON.stringify(capture) : null,
    })
    .onConflict((conflict) => conflict.column("call_id").doNothing())
    .execute();
}

export async function findTrace(
  db: Queryable,
  organizationId: string,
  callId: string,
): Promise<TraceOnWire | undefined> {
  const row = await db
    .selectFrom("call_traces")
    .select("trace")
    .where("organization_id", "=", organizationId)
    .where("call_id", "=", callId)
    .executeTakeFirst();
  return row && (row.trace as TraceOnWire);
}

export async function findCapture(
  db: Queryable,
  organizationId: string,
  callId: string,
): Promise<CallCapture | undefined> {
  const row = await db
    .selectFrom("call_traces")
    .select("capture")
    .where("organization_id", "=", organizationId)
    .where("call_id", "=", callId)
    .executeTakeFirst();
  return (row?.capture ?? undefined) as CallCapture | undefined;
}

/** A ladder shows who called. */
export async function deleteTraces(tx: Queryable, callIds: readonly string[]): Promise<void> {
  await tx.deleteFrom("call_traces").where("call_id", "in", callIds).execute();
}
