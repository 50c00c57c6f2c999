import { readdir, unlink } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { repairRecordingFile } from "../telephony/rtp/recording-file.ts";
import { createWorkLoop } from "../work-loop.ts";
import type { ObjectStore } from "./object-store.ts";
import {
  failRecording,
  keepRecording,
  knownPaths,
  listDue,
  markDeleted,
  markFileGone,
  markUploaded,
  nameObject,
  postpone,
  type Recording,
} from "./recording-store.ts";

/**
 * What is done with recordings after their call, one after the other: to the bucket, away after their retention, and
 * repaired where their process died. Each step is written down before the next, and each can be done twice: it may be
 * killed anywhere and goes on from there.
 */
export interface RecordingLoop {
  start(): void;
  /** A recording is complete. Only a hint: what is due is found without it. */
  wake(): void;
  /** One look at what is due, until nothing is. The loop does nothing else; tests call it by hand. */
  workDue(): Promise<void>;
  /** Makes a dead process's recording playable, if its file is here. @throws when the disk or the database fails */
  repair(recording: Recording): Promise<void>;
  /** Files that no row knows: their process died before the database had heard of them, so no period would end them. */
  removeStrays(): Promise<void>;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 30_000;
const BATCH = 20;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 3_600_000;

export function createRecordingLoop(options: {
  db: Database;
  clock: Clock;
  logger: Logger;
  installationId: string;
  /** the data folder's `recordings` */
  folder: string;
  bucket: ObjectStore | undefined;
}): RecordingLoop {
  const { db, clock, logger, bucket, installationId } = options;
  const loop = createWorkLoop({
    look: workDue,
    lookEveryMs: LOOK_EVERY_MS,
    onFailure: (error) => logger.warn({ err: toError(error) }, "recordings wait; they are looked for again"),
    clock,
  });
  const fileOf = (relative: string) => path.join(options.folder, relative);

  async function upload(recording: Recording): Promise<void> {
    const key = recording.objectKey ?? `recordings/${recording.path}`;
    if (!recording.isUploaded) {
      if (!(await nameObject(db, recording.id, key))) return;
      await bucket!.put(key, fileOf(recording.path!));
      // Retention came meanwhile: its row has the key, and deletes the object.
      if (!(await markUploaded(db, recording.id))) return;
    }
    await remove(recording.path!);
    await markFileGone(db, recording.id);
  }

  async function erase(recording: Recording): Promise<void> {
    if (recording.path !== null) await remove(recording.path);
    if (recording.objectKey !== null) {
      if (!bucket) throw new Error("it is in a bucket, and RECORDING_S3_… are not set");
      await bucket.delete(recording.objectKey);
    }
    await markDeleted(db, recording.id);
  }

  async function remove(relative: string): Promise<void> {
    await unlink(fileOf(relative)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }

  async function repair(recording: Recording): Promise<void> {
    if (recording.state !== "recording" || recording.installationId !== installationId) return;
    const repaired = await repairRecordingFile(fileOf(recording.path!));
    if (repaired.outcome === "recorded") await keepRecording(db, recording.id, repaired);
    else await failRecording(db, recording.id, "Its process died before anything was recorded");
  }

  async function work(recording: Recording): Promise<void> {
    try {
      if (recording.state === "recording") await repair(recording);
      else if (recording.state === "kept") await upload(recording);
      else await erase(recording);
    } catch (thrown) {
      const error = toError(thrown);
      const delayMs = Math.min(FIRST_RETRY_MS * 2 ** recording.attemptCount, LONGEST_RETRY_MS);
      logger.warn(
        { err: error, recording_id: recording.id, call_id: recording.callId, state: recording.state },
        "a recording could not be moved on and is tried again",
      );
      await postpone(db, recording.id, { error: error.message, delayMs });
    }
  }

  async function workDue(): Promise<void> {
    while (!loop.isStopped) {
      const due = await listDue(db, { installationId, hasBucket: bucket !== undefined, limit: BATCH });
      for (const recording of due) {
        if (loop.isStopped) return;
        await work(recording);
      }
      if (due.length < BATCH) return;
    }
  }

  return {
    start: loop.start,
    wake: loop.wake,
    workDue,
    repair,
    async removeStrays() {
      const found = await readdir(options.folder, { recursive: true, withFileTypes: true }).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === "ENOENT") return [];
          throw error;
        },
      );
      const paths = found
        .filter((entry) => entry.isFile() && entry.name.endsWith(".wav"))
        .map((entry) => path.relative(options.folder, path.join(entry.parentPath, entry.name)));
      for (let at = 0; at < paths.length; at += 1_000) {
        const some = paths.slice(at, at + 1_000);
        const known = await knownPaths(db, installationId, some);
        for (const stray of some.filter((each) => !known.has(each))) {
          await remove(stray);
          logger.warn({ file: stray }, "a recording that no call knows was removed");
        }
      }
    },
    stop: loop.stop,
  };
}
