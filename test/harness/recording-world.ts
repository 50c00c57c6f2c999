import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Database } from "../../src/db/database.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import type { S3Config } from "../../src/recording-config.ts";
import { createRecordings, type Recordings } from "../../src/recordings/recordings.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { wavHeader } from "../../src/telephony/rtp/wav.ts";
import { createFetchOf } from "../../src/webhooks/outgoing-fetch.ts";
import { createOrganization, createTestApi, type TestApi } from "./api.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { startS3Server, type S3Server } from "./s3-server.ts";

// Recordings with a real database, files and HTTP; the bucket checks signatures by itself.

export const KEY = "fl_recordings_0123456789";
export const AUDIO = Buffer.from(Array.from({ length: 32_000 }, (_, index) => index % 251));
export const WAV = Buffer.concat([wavHeader(AUDIO.length, { channels: 2, sampleRateHz: 8_000 }), AUDIO]);
const installationId = newId();
const secretBox = createSecretBox(Buffer.alloc(32, 3));
const logger = createLogger({ level: "silent" });
/** Sets a world up for each test of a file. What changes from test to test is read from it when it is needed. */
export function useRecordingWorld() {
  let database: TestDatabase;
  let organizationId: string;
  let folder: string;
  let s3: S3Server;
  let now: Date;
  let closers: (() => Promise<void>)[];

  beforeAll(async () => {
    database = await createTestDatabase();
    organizationId = await createOrganization(database.db, secretBox, KEY);
    await database.db
      .updateTable("organizations")
      .set({ content_retention_days: 30, metadata_retention_days: 90 })
      .execute();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "switchhook-recordings-"));
    s3 = await startS3Server();
    now = new Date();
    closers = [];
  });
  afterEach(async () => {
    for (const close of closers.toReversed()) await close();
    await s3.close();
    await rm(folder, { recursive: true });
    await database.db.deleteFrom("recordings").execute();
    await database.db.deleteFrom("calls").execute();
  });

  /** A process: what it keeps is on disk and in the database, nothing in it. */
  function start(s3Config?: S3Config, id = installationId): Recordings {
    const bucket = s3Config && createFetchOf(s3Config.endpoint, systemClock);
    if (bucket) closers.push(() => bucket.close());
    return createRecordings({
      config: { isOn: true, urlTtlSeconds: 600, s3: s3Config },
      db: database.db,
      clock: { ...systemClock, now: () => now },
      logger,
      dataDirectory: { path: folder, installationId: id, secretKeys: [Buffer.alloc(32, 4)] },
      baseUrl: () => "https://calls.example",
      fetch: bucket?.fetch,
    });
  }

  async function serve(
    recordings: Recordings,
  ): Promise<(url: string, init?: RequestInit) => Promise<Response>> {
    const api: TestApi = await createTestApi(database.db, secretBox, { recordings: recordings.routes });
    closers.push(() => api.close());
    return (url, init) => fetch(url.replace("https://calls.example", api.url()), init);
  }

  async function addCall(ageDays = 0, isReported = true): Promise<string> {
    const id = newId();
    const endedAt = new Date(Date.now() - ageDays * 86_400_000);
    await database.db
      .insertInto("calls")
      .values({
        id,
        organization_id: organizationId,
        node_id: newId(),
        direction: "inbound",
        status: "ended",
        ended_at: endedAt,
        reported_at: isReported ? endedAt : null,
      })
      .execute();
    return id;
  }

  async function addRecording(recordings: Recordings, callId: string, bytes: Buffer = WAV) {
    const id = newId();
    const place = recordings.place(callId, new Date("2026-11-25T10:00:00Z"));
    await recordings.begin({ id, organizationId, callId, path: place.path, startedAt: now });
    await mkdir(path.dirname(place.file), { recursive: true });
    await writeFile(place.file, bytes);
    return { id, ...place };
  }

  async function addKept(recordings: Recordings, callId: string) {
    const made = await addRecording(recordings, callId);
    await recordings.keep(made.id, { durationMs: 1_000, sizeBytes: WAV.length });
    return made;
  }

  const rowOf = (id: string) =>
    database.db.selectFrom("recordings").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const isThere = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  /** What was postponed is due now. */
  const letTimePass = () =>
    database.db
      .updateTable("recordings")
      .set({ run_at: new Date(0) })
      .execute();
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  return {
    start,
    serve,
    addCall,
    addRecording,
    addKept,
    rowOf,
    isThere,
    letTimePass,
    bytesOf,
    /** to be closed after the test, the last one first */
    closeLater: (close: () => Promise<void>) => void closers.push(close),
    passSeconds: (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000)),
    createApi: (recordings: Recordings) =>
      createTestApi(database.db, secretBox, { recordings: recordings.routes }),
    get db(): Database {
      return database.db;
    },
    get s3() {
      return s3;
    },
    get folder() {
      return folder;
    },
  };
}
