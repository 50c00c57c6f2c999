import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";

/** Facts 11.5. null: kept forever. */
export interface RetentionPeriods {
  organizationId: string;
  /** what was said: transcript, summary, analysis, recording */
  contentDays: number | null;
  /** who called: the number, and the events of the call */
  metadataDays: number | null;
}

interface RetentionOptions {
  db: Database;
  now: Date;
  listPeriods(): Promise<RetentionPeriods[]>;
  /** what others keep of these calls' content, in the same transaction */
  forgetContent(tx: Queryable, callIds: readonly string[]): Promise<void>;
  /** what others keep of who called */
  forgetMetadata(tx: Queryable, callIds: readonly string[]): Promise<void>;
  /** calls a transaction; default for production */
  batch?: number;
}

const DAY_MS = 86_400_000;
/** Few enough that nobody waits for these rows, and that a crash has little to do again. */
const BATCH = 100;

/**
 * Takes from calls what their organization's periods, counted from the end of the call, do not let it keep. The rest
 * of the record stays: when, how long, how it ended. Batch by batch, each a transaction: it may be killed anywhere, and
 * several processes may do it at once.
 *
 * @returns how many calls lost what
 */
export async function forgetOldCalls(
  options: RetentionOptions,
): Promise<{ content: number; metadata: number }> {
  const { db, now, batch = BATCH } = options;
  const cleared = { content: 0, metadata: 0 };
  for (const { organizationId, contentDays, metadataDays } of await options.listPeriods()) {
    const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
    // Content repeats the number ("this is Ada, on 06…"), so it never outlives the metadata (facts 11.5).
    const contentPeriods = [contentDays, metadataDays].filter((days) => days !== null);
    if (contentPeriods.length > 0) {
      const endedBefore = before(Math.min(...contentPeriods));
      cleared.content += await inBatches(batch, () =>
        db.transaction().execute(async (tx) => {
          const ids = await clearContent(tx, organizationId, endedBefore, batch);
          if (ids.length > 0) await options.forgetContent(tx, ids);
          return ids.length;
        }),
      );
    }
    if (metadataDays !== null) {
      cleared.metadata += await inBatches(batch, () =>
        db.transaction().execute(async (tx) => {
          const ids = await clearMetadata(tx, organizationId, before(metadataDays), batch);
          if (ids.length > 0) await options.forgetMetadata(tx, ids);
          return ids.length;
        }),
      );
    }
  }
  return cleared;
}

async function inBatches(batch: number, clear: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await clear();
    total += count;
    if (count < batch) return total;
  }
}

/**
 * Of the configuration stays which services were used. An answer to assistant-request can put anything about the caller
 * into any field of it (a greeting with their name, `metadata`), so what stays is listed, not what goes.
 */
const CONFIGURATION_THAT_STAYS = sql<string | null>`
  case when configuration is not null then json_strip_nulls(json_build_object(
    'name', configuration->'name',
    'business_name', configuration->'business_name',
    'gdpr_mode', configuration->'gdpr_mode',
    'llm_config', ${services("llm_config", ["provider", "model"])},
    'stt_config', ${services("stt_config", ["provider", "model", "language"])},
    'tts_config', ${services("tts_config", ["provider", "model", "voice_id"])}
  )) end`;

function services(block: string, fields: string[]) {
  const pairs = fields.map(
    (field) => sql`${sql.lit(field)}, configuration->${sql.lit(block)}->${sql.lit(field)}`,
  );
  return sql`json_build_object(${sql.join(pairs)})`;
}

async function clearContent(
  tx: Queryable,
  organizationId: string,
  endedBefore: Date,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .updateTable("calls")
    .set({
      messages: null,
      summary: null,
      analysis_result: null,
      configuration: CONFIGURATION_THAT_STAYS,
      // The text with which the webhook refused the call was spoken to the caller.
      error: sql<string | null>`case when end_reason = 'rejected_by_webhook' then null else error end`,
      content_cleared_at: sql<Date>`now()`,
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", expired(tx, "content_cleared_at", organizationId, endedBefore, limit))
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

async function clearMetadata(
  tx: Queryable,
  organizationId: string,
  endedBefore: Date,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .updateTable("calls")
    .set({
      caller_number: null,
      // The carrier can look the caller up by it.
      carrier_call_id: null,
      metadata_cleared_at: sql<Date>`now()`,
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", expired(tx, "metadata_cleared_at", organizationId, endedBefore, limit))
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** Only reported calls: what is still being written is nobody's past. */
function expired(
  tx: Queryable,
  cleared: "content_cleared_at" | "metadata_cleared_at",
  organizationId: string,
  endedBefore: Date,
  limit: number,
) {
  const ids = tx
    .selectFrom("calls")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("ended_at", "<", endedBefore)
    .where(cleared, "is", null)
    .where("reported_at", "is not", null)
    .orderBy("ended_at")
    .limit(limit)
    .forUpdate()
    .skipLocked();
  // As an array: a plan that asks a sub-select twice would take more than the limit.
  return sql<string>`any(array(${ids}))`;
}
