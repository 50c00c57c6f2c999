import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { TraceOnWire } from "./call-trace.ts";
import type { CallCapture, ReadTrace } from "./call-traces.ts";

/** Once a call, at its end; a write that is repeated changes nothing. */
export async function saveTrace(
  db: Queryable,
  call: { id: string; organizationId: string },
  { trace, capture }: ReadTrace,
): Promise<void> {
  const { turns, started_at: startedAt } = trace;
  const began = Date.parse(startedAt);
  const column = (read: (turn: TraceOnWire["turns"][number]) => number) => sql`${turns.map(read)}::real[]`;
  // Turns besides, a row each: percentiles over many calls do not read their traces. In one statement, so that what is
  // repeated is repeated as a whole.
  await sql`
    with kept as (
      insert into call_traces (call_id, organization_id, trace, capture)
      values (${call.id}, ${call.organizationId}, ${JSON.stringify(trace)},
        ${capture ? JSON.stringify(capture) : null})
      on conflict (call_id) do nothing returning organization_id
    )
    insert into call_turns (organization_id, at, total_ms, stt_final_ms, end_of_turn_wait_ms, tool_ms,
      llm_first_token_ms, tts_first_audio_ms, playout_start_ms)
    select kept.organization_id, turn.* from kept, unnest(
      ${turns.map((turn) => new Date(began + turn.offset_ms).toISOString())}::timestamptz[],
      ${column((turn) => turn.total_ms)},
      ${column(({ stages }) => stages.stt_final_ms)},
      ${column(({ stages }) => stages.end_of_turn_wait_ms)},
      ${column(({ stages }) => stages.tool_ms)},
      ${column(({ stages }) => stages.llm_first_token_ms)},
      ${column(({ stages }) => stages.tts_first_audio_ms)},
      ${column(({ stages }) => stages.playout_start_ms)}
    ) turn
  `.execute(db);
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
