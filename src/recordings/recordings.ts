import path from "node:path";
import type { Clock } from "../clock.ts";
import type { Database, Queryable } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import type { RecordingConfig } from "../recording-config.ts";
import { createObjectStore } from "./object-store.ts";
import { createRecordingLoop, type RecordingLoop } from "./recording-loop.ts";
import type { RecordingRoutesOptions } from "./recording-routes.ts";
import { failRecording, findRecordingOfCall, insertRecording, keepRecording } from "./recording-store.ts";
import { createRecordingUrls } from "./recording-url.ts";

/** Recordings as the rest knows them. */
export interface Recordings {
  /** whether calls are recorded whose assistant does not say */
  isOnByDefault: boolean;
  /** Where a call's file goes. */
  place(callId: string, startedAt: Date): { path: string; file: string };
  begin(recording: {
    id: string;
    organizationId: string;
    callId: string;
    path: string;
    startedAt: Date;
  }): Promise<void>;
  keep(id: string, size: { durationMs: number; sizeBytes: number }): Promise<void>;
  fail(id: string, error: string): Promise<void>;
  /** A fresh URL. */
  urlOf(recordingId: string): string;
  /** of a call whose recording can be listened to */
  urlOfCall(tx: Queryable, callId: string): Promise<string | undefined>;
  /** What a dead process left of a call, if its file is here. Never rejects. */
  repairCall(callId: string): Promise<void>;
  routes: RecordingRoutesOptions;
  loop: RecordingLoop;
}

/** Joins policy, files, rows, bucket and URLs. */
export function createRecordings(options: {
  config: RecordingConfig;
  db: Database;
  clock: Clock;
  logger: Logger;
  dataDirectory: { path: string; installationId: string; secretKeys: readonly Buffer[] };
  /** how others reach this server */
  baseUrl: () => string;
  /** reaches the bucket */
  fetch: typeof fetch | undefined;
}): Recordings {
  const { config, db, clock, logger } = options;
  const { installationId, secretKeys } = options.dataDirectory;
  const folder = path.join(options.dataDirectory.path, "recordings");
  const bucket =
    config.s3 && options.fetch && createObjectStore({ config: config.s3, fetch: options.fetch, clock });
  const urls = createRecordingUrls({
    secretKeys,
    baseUrl: options.baseUrl,
    ttlSeconds: config.urlTtlSeconds,
    now: () => clock.now(),
  });
  const loop = createRecordingLoop({ db, clock, logger, installationId, folder, bucket });

  return {
    isOnByDefault: config.isOn,
    place(callId, startedAt) {
      const [year, month] = startedAt.toISOString().split("-");
      const relative = path.join(year!, month!, `${callId}.wav`);
      return { path: relative, file: path.join(folder, relative) };
    },
    begin: (recording) => insertRecording(db, { ...recording, installationId }),
    async keep(id, size) {
      await keepRecording(db, id, size);
      loop.wake();
    },
    fail: (id, error) => failRecording(db, id, error),
    urlOf: urls.urlOf,
    async urlOfCall(tx, callId) {
      const recording = await findRecordingOfCall(tx, callId);
      return recording?.state === "kept" ? urls.urlOf(recording.id) : undefined;
    },
    async repairCall(callId) {
      try {
        const recording = await findRecordingOfCall(db, callId);
        if (recording) await loop.repair(recording);
      } catch (err) {
        // The report goes out without it; the loop tries again.
        logger.warn({ err, call_id: callId }, "a dead process's recording could not be repaired");
      }
    },
    routes: { db, urls, folder, bucket },
    loop,
  };
}
