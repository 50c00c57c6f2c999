import { sql, type Selectable, type Updateable } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import type { Tables } from "../db/tables.ts";

export interface Recording {
  id: string;
  callId: string;
  installationId: string;
  state: "recording" | "kept" | "deleting" | "deleted" | "failed";
  /** inside the data folder's `recordings`; null: the file is gone */
  path: string | null;
  objectKey: string | null;
  isUploaded: boolean;
  sizeBytes: number | null;
  attemptCount: number;
}

/**
 * Made with the recording, and from then on only moved on. The last guard of GDPR mode: such a call has no row, whoever asks
 * for one, so that nothing of it is ever served; its file goes with the strays.
 */
export async function insertRecording(
  db: Queryable,
  recording: {
    id: string;
    organizationId: string;
    callId: string;
    installationId: string;
    path: string;
    /** where it begins on the call's time line */
    startedAt: Date;
  },
): Promise<void> {
  await db
    .insertInto("recordings")
    .columns(["id", "organization_id", "call_id", "installation_id", "state", "path", "created_at"])
    .expression((builder) =>
      builder
        .selectFrom("calls")
        .select([
          sql<string>`${recording.id}::uuid`.as("id"),
          sql<string>`${recording.organizationId}::uuid`.as("organization_id"),
          "calls.id as call_id",
          sql<string>`${recording.installationId}::uuid`.as("installation_id"),
          sql<"recording">`'recording'`.as("state"),
          sql<string>`${recording.path}`.as("path"),
          sql<Date>`${recording.startedAt}::timestamptz`.as("created_at"),
        ])
        .where("calls.id", "=", recording.callId)
        .where(sql<boolean>`coalesce(configuration->>'gdpr_mode' = 'true', false)`, "=", false),
    )
    // A write that is repeated after its answer was lost.
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
}

/** recording → kept. Conditional: retention may have been quicker. */
export async function keepRecording(
  db: Queryable,
  id: string,
  size: { durationMs: number; sizeBytes: number },
): Promise<void> {
  await moveOn(db, id, "recording", {
    state: "kept",
    duration_ms: Math.round(size.durationMs),
    size_bytes: size.sizeBytes,
  });
}

/** recording → failed: there is nothing to listen to, and no file. */
export async function failRecording(db: Queryable, id: string, error: string): Promise<void> {
  await moveOn(db, id, "recording", { state: "failed", path: null, last_error: error });
}

/** Before the first byte is sent: wherever a crash falls, what may be in the bucket is known. */
export async function nameObject(db: Queryable, id: string, objectKey: string): Promise<boolean> {
  return moveOn(db, id, "kept", { object_key: objectKey });
}

export async function markUploaded(db: Queryable, id: string): Promise<boolean> {
  return moveOn(db, id, "kept", { uploaded_at: new Date(), attempt_count: 0, last_error: null });
}

export async function markFileGone(db: Queryable, id: string): Promise<void> {
  await moveOn(db, id, "kept", { path: null });
}

/** deleting → deleted. The row stays, so that an old URL is answered 410; nothing personal is in it. */
export async function markDeleted(db: Queryable, id: string): Promise<void> {
  await moveOn(db, id, "deleting", { state: "deleted", path: null, object_key: null, last_error: null });
}

export async function postpone(
  db: Queryable,
  id: string,
  failure: { error: string; delayMs: number },
): Promise<void> {
  await db
    .updateTable("recordings")
    .set((column) => ({
      run_at: sql<Date>`now() + ${failure.delayMs} * interval '1 millisecond'`,
      attempt_count: column("attempt_count", "+", 1),
      last_error: failure.error,
      updated_at: sql<Date>`now()`,
    }))
    .where("id", "=", id)
    .execute();
}

/**
 * Retention's decision, in its transaction: from its commit on nothing is served any more, and the loop deletes file and
 * object, however often it is killed meanwhile.
 */
export async function forgetRecordings(tx: Queryable, callIds: readonly string[]): Promise<void> {
  await tx
    .updateTable("recordings")
    .set({
      state: "deleting",
      duration_ms: null,
      size_bytes: null,
      run_at: sql<Date>`now()`,
      attempt_count: 0,
      updated_at: sql<Date>`now()`,
    })
    .where("call_id", "in", callIds)
    .where("state", "in", ["recording", "kept", "failed"])
    .execute();
}

export async function findRecording(db: Queryable, id: string): Promise<Recording | undefined> {
  const row = await db.selectFrom("recordings").selectAll().where("id", "=", id).executeTakeFirst();
  return row && fromRow(row);
}

/** One that can be listened to. */
export async function findKeptRecording(
  db: Queryable,
  organizationId: string,
  callId: string,
): Promise<Recording | undefined> {
  const row = await db
    .selectFrom("recordings")
    .selectAll()
    .where("call_id", "=", callId)
    .where("organization_id", "=", organizationId)
    .where("state", "=", "kept")
    .executeTakeFirst();
  return row && fromRow(row);
}

export async function findRecordingOfCall(db: Queryable, callId: string): Promise<Recording | undefined> {
  const row = await db.selectFrom("recordings").selectAll().where("call_id", "=", callId).executeTakeFirst();
  return row && fromRow(row);
}

/** A recorder that has not reported this long after its call was is dead. */
const ABANDONED_AFTER_SECONDS = 60;

/**
 * What is to be done by this installation, the longest due first. Files are in its own folder, which one process holds,
 * so nothing is claimed. What is in the bucket alone may be deleted by any: an installation may never come back.
 */
export async function listDue(
  db: Database,
  options: { installationId: string; hasBucket: boolean; limit: number },
): Promise<Recording[]> {
  const rows = await db
    .selectFrom("recordings")
    .selectAll("recordings")
    .innerJoin("calls", "calls.id", "recordings.call_id")
    .where("recordings.run_at", "<=", sql<Date>`now()`)
    .where((where) => {
      const isOurs = where("recordings.installation_id", "=", options.installationId);
      const hasFile = where("recordings.path", "is not", null);
      return where.or([
        where.and([
          where("recordings.state", "=", "recording"),
          isOurs,
          where(
            "calls.reported_at",
            "<",
            sql<Date>`now() - ${ABANDONED_AFTER_SECONDS} * interval '1 second'`,
          ),
        ]),
        where.and([
          where("recordings.state", "=", "kept"),
          isOurs,
          hasFile,
          sql<boolean>`${options.hasBucket}::boolean`,
        ]),
        where.and([
          where("recordings.state", "=", "deleting"),
          where.or([
            isOurs,
            where.and([where("recordings.path", "is", null), sql<boolean>`${options.hasBucket}::boolean`]),
          ]),
        ]),
      ]);
    })
    .orderBy("recordings.run_at")
    .limit(options.limit)
    .execute();
  return rows.map(fromRow);
}

/** Of these paths the ones that a row knows. */
export async function knownPaths(
  db: Database,
  installationId: string,
  paths: string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom("recordings")
    .select("path")
    .where("installation_id", "=", installationId)
    .where("path", "in", paths)
    .execute();
  return new Set(rows.map(({ path }) => path!));
}

async function moveOn(
  db: Queryable,
  id: string,
  from: Recording["state"],
  changes: Updateable<Tables["recordings"]>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("recordings")
    .set({ ...changes, updated_at: sql<Date>`now()` })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function fromRow(row: Selectable<Tables["recordings"]>): Recording {
  return {
    id: row.id,
    callId: row.call_id,
    installationId: row.installation_id,
    state: row.state,
    path: row.path,
    objectKey: row.object_key,
    isUploaded: row.uploaded_at !== null,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    attemptCount: row.attempt_count,
  };
}
