import { access, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { forgetOldCalls } from "../../src/calls/call-retention.ts";
import { systemClock } from "../../src/clock.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import type { S3Config } from "../../src/recording-config.ts";
import { forgetRecordings } from "../../src/recordings/recording-store.ts";
import { createRecordings, type Recordings } from "../../src/recordings/recordings.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { wavHeader } from "../../src/telephony/rtp/wav.ts";
import { createFetchOf } from "../../src/webhooks/outgoing-fetch.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { startS3Server, type S3Server } from "../harness/s3-server.ts";

// Real database, files and HTTP; the bucket checks signatures by itself.

const KEY = "fl_recordings_0123456789";
const AUDIO = Buffer.from(Array.from({ length: 32_000 }, (_, index) => index % 251));
const WAV = Buffer.concat([wavHeader(AUDIO.length, { channels: 2, sampleRateHz: 8_000 }), AUDIO]);
const installationId = newId();
const secretBox = createSecretBox(Buffer.alloc(32, 3));
const logger = createLogger({ level: "silent" });
let database: TestDatabase;
let organizationId: string;
let folder: string;
let s3: S3Server;
let now: Date;
let closers: (() => Promise<void>)[];

beforeAll(async () => {
  database = await createTestDatabase();
  organizationId = await createOrganization(database.db, secretBox, KEY);
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
  await recordings.begin({ id, organizationId, callId, path: place.path });
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

describe("in the data folder", () => {
  test("a URL plays it, whole and in parts, until it expires", async () => {
    const recordings = start();
    const get = await serve(recordings);
    const callId = await addCall();
    const { id, path: relative } = await addKept(recordings, callId);
    expect(relative).toBe(path.join("2026", "11", `${callId}.wav`));
    const url = (await recordings.urlOfCall(database.db, callId))!;

    const whole = await get(url);
    expect(whole.status).toBe(200);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "audio/wav",
      "content-length": String(WAV.length),
      "accept-ranges": "bytes",
      "cache-control": "private, no-store",
      "content-disposition": `inline; filename="${callId}.wav"`,
    });
    expect((await bytesOf(whole)).equals(WAV)).toBe(true);

    const part = await get(url, { headers: { range: "bytes=44-143" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 44-143/${WAV.length}`]);
    expect((await bytesOf(part)).equals(WAV.subarray(44, 144))).toBe(true);

    const behind = await get(url, { headers: { range: "bytes=99999999-" } });
    expect([behind.status, behind.headers.get("content-range")]).toEqual([416, `bytes */${WAV.length}`]);
    const head = await get(url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(WAV.length)]);

    const forged = await get(url.replace(/expires=\d+/, "expires=9999999999"));
    expect([forged.status, await forged.json()]).toMatchObject([403, { code: "recording_url_forged" }]);
    const missing = await get(url.split("?")[0]!);
    expect([missing.status, await missing.json()]).toMatchObject([400, { code: "invalid_request" }]);
    now = new Date(now.getTime() + 601_000);
    const late = await get(url);
    expect([late.status, await late.json()]).toMatchObject([410, { code: "recording_url_expired" }]);
    // A fresh one is good again.
    expect((await get(recordings.urlOf(id))).status).toBe(200);
    const unknown = await get(recordings.urlOf(newId()));
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: "recording_not_found" }]);
  });

  test("calls name it in the API, each time with a fresh URL", async () => {
    const recordings = start();
    const api = await createTestApi(database.db, secretBox, { recordings: recordings.routes });
    closers.push(() => api.close());
    const [recorded, silent] = [await addCall(), await addCall()];
    const { id } = await addKept(recordings, recorded);
    const urlOf = async (callId: string) =>
      (await api.request("GET", `/calls/${callId}`, { key: KEY })).body.recording_url;
    const first = await urlOf(recorded);
    expect(first).toContain(`/recordings/${id}?expires=`);
    expect(await urlOf(silent)).toBeNull();
    now = new Date(now.getTime() + 5_000);
    expect(await urlOf(recorded)).not.toBe(first);
    const { body } = await api.request("GET", "/calls", { key: KEY });
    expect(
      body.calls.map((call: { recording_url: unknown }) => typeof call.recording_url).toSorted(),
    ).toEqual(["object", "string"]);
  });

  test("without a bucket nothing is moved", async () => {
    const recordings = start();
    const { id, file } = await addKept(recordings, await addCall());
    await recordings.loop.workDue();
    expect(await rowOf(id)).toMatchObject({ state: "kept", object_key: null, uploaded_at: null });
    expect(await isThere(file)).toBe(true);
  });
});

describe("in a bucket", () => {
  test("it is uploaded, signed; then the file goes, and the URL plays the object", async () => {
    const recordings = start(s3.config);
    const get = await serve(recordings);
    const { id, file, path: relative } = await addKept(recordings, await addCall());
    // The URL does not wait for the upload.
    expect((await get(recordings.urlOf(id))).status).toBe(200);
    await recordings.loop.workDue();
    expect(s3.requests).toEqual([`PUT recordings/${relative}`]);
    expect(s3.objects.get(`recordings/${relative}`)?.equals(WAV)).toBe(true);
    expect(await isThere(file)).toBe(false);
    expect(await rowOf(id)).toMatchObject({ state: "kept", path: null });

    const whole = await get(recordings.urlOf(id));
    expect([whole.status, whole.headers.get("content-length")]).toEqual([200, String(WAV.length)]);
    expect((await bytesOf(whole)).equals(WAV)).toBe(true);
    const part = await get(recordings.urlOf(id), { headers: { range: "bytes=-100" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([
      206,
      `bytes ${WAV.length - 100}-${WAV.length - 1}/${WAV.length}`,
    ]);
    expect((await bytesOf(part)).equals(WAV.subarray(-100))).toBe(true);
    s3.objects.clear();
    expect((await get(recordings.urlOf(id))).status).toBe(404);
  });

  test.each<[string, (server: S3Server) => S3Server["misbehave"], RegExp]>([
    [
      "refuses",
      () => (_request, response) => response.writeHead(503).end("SlowDown"),
      /answered 503: SlowDown/,
    ],
    ["breaks the connection", () => (request) => request.socket.destroy(), /fetch failed/],
  ])(
    "while it %s, the file stays, later times are tried, also by the next process",
    async (_how, how, error) => {
      const recordings = start(s3.config);
      const { id, file } = await addKept(recordings, await addCall());
      s3.misbehave = how(s3);
      await recordings.loop.workDue();
      const delays: number[] = [];
      for (let attempt = 1; attempt <= 3; attempt++) {
        const row = await rowOf(id);
        expect(row).toMatchObject({
          state: "kept",
          attempt_count: attempt,
          last_error: expect.stringMatching(error),
        });
        delays.push(Math.round((row.run_at.getTime() - Date.now()) / 1_000));
        // Not due: nothing is tried.
        const before = s3.requests.length;
        await recordings.loop.workDue();
        expect(s3.requests).toHaveLength(before);
        await letTimePass();
        await start(s3.config).loop.workDue();
      }
      expect(delays[1]! > delays[0]! && delays[2]! > delays[1]!).toBe(true);
      expect(await isThere(file)).toBe(true);
      s3.misbehave = undefined;
      await letTimePass();
      await start(s3.config).loop.workDue();
      expect(s3.objects.size).toBe(1);
      expect(await isThere(file)).toBe(false);
    },
  );

  test("a wrong key is refused by the bucket, and told", async () => {
    const recordings = start({ ...s3.config, secretAccessKey: "wrong" });
    const { id } = await addKept(recordings, await addCall());
    await recordings.loop.workDue();
    expect(await rowOf(id)).toMatchObject({ last_error: expect.stringContaining("SignatureDoesNotMatch") });
    expect(s3.objects.size).toBe(0);
  });

  test("killed after the upload and before the file was removed: the rest is done", async () => {
    const recordings = start(s3.config);
    const { id, file } = await addKept(recordings, await addCall());
    await database.db
      .updateTable("recordings")
      .set({ object_key: "recordings/x.wav", uploaded_at: new Date() })
      .where("id", "=", id)
      .execute();
    await recordings.loop.workDue();
    expect([s3.requests, await isThere(file), (await rowOf(id)).path]).toEqual([[], false, null]);
  });

  test("nothing but the endpoint is reached through its way out", async () => {
    const outgoing = createFetchOf(s3.config.endpoint, systemClock);
    closers.push(() => outgoing.close());
    await expect(outgoing.fetch("http://127.0.0.1:1/x")).rejects.toThrow("only http://127.0.0.1");
  });
});

describe("retention", () => {
  const forget = (fail?: () => void) =>
    forgetOldCalls({
      db: database.db,
      now: new Date(),
      listPeriods: async () => [{ organizationId, contentDays: 30, metadataDays: 90 }],
      async forgetContent(tx, callIds) {
        await forgetRecordings(tx, callIds);
        fail?.();
      },
      forgetMetadata: async () => undefined,
    });

  test("deletes the file with the content, and the URL says so at once", async () => {
    const recordings = start();
    const get = await serve(recordings);
    const [old, young] = [
      await addKept(recordings, await addCall(31)),
      await addKept(recordings, await addCall(29)),
    ];
    await forget();
    const answer = await get(recordings.urlOf(old.id));
    expect([answer.status, await answer.json()]).toMatchObject([410, { code: "recording_deleted" }]);
    await recordings.loop.workDue();
    expect([await isThere(old.file), await isThere(young.file)]).toEqual([false, true]);
    expect(await rowOf(old.id)).toMatchObject({ state: "deleted", path: null, size_bytes: null });
    expect([
      (await get(recordings.urlOf(old.id))).status,
      (await get(recordings.urlOf(young.id))).status,
    ]).toEqual([410, 200]);
  });

  test("deletes the object, for as long as that takes", async () => {
    const recordings = start(s3.config);
    const { id } = await addKept(recordings, await addCall(31));
    await recordings.loop.workDue();
    expect(s3.objects.size).toBe(1);
    await forget();
    s3.misbehave = (_request, response) => response.writeHead(500).end();
    await recordings.loop.workDue();
    expect(await rowOf(id)).toMatchObject({ state: "deleting", attempt_count: 1 });
    s3.misbehave = undefined;
    await letTimePass();
    // Another machine's process: the file is gone, so it need not be ours.
    await start(s3.config, newId()).loop.workDue();
    expect(s3.objects.size).toBe(0);
    expect(await rowOf(id)).toMatchObject({ state: "deleted", object_key: null });
  });

  test("comes in the middle of an upload: neither file nor object stays", async () => {
    const recordings = start(s3.config);
    const { id, file } = await addKept(recordings, await addCall(31));
    const taken = Promise.withResolvers<void>();
    s3.misbehave = (_request, response) => {
      s3.misbehave = undefined;
      void forget().then(() => {
        s3.objects.set(`recordings/${path.relative(path.join(folder, "recordings"), file)}`, WAV);
        response.writeHead(200).end();
        taken.resolve();
      });
    };
    await recordings.loop.workDue();
    await taken.promise;
    await recordings.loop.workDue();
    expect([s3.objects.size, await isThere(file), (await rowOf(id)).state]).toEqual([0, false, "deleted"]);
  });

  test("a batch that fails keeps its recordings", async () => {
    const recordings = start();
    const { id, file } = await addKept(recordings, await addCall(31));
    await expect(
      forget(() => {
        throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    await recordings.loop.workDue();
    expect([(await rowOf(id)).state, await isThere(file)]).toEqual(["kept", true]);
  });

  test("a file is not deleted by who does not have it", async () => {
    const recordings = start();
    const { id } = await addKept(recordings, await addCall(31));
    await forget();
    await start(s3.config, newId()).loop.workDue();
    expect((await rowOf(id)).state).toBe("deleting");
  });
});

describe("after a crash", () => {
  const cut = Buffer.concat([wavHeader(0, { channels: 2, sampleRateHz: 8_000 }), AUDIO.subarray(0, 3_202)]);

  test("the reaper's look makes the file playable, so that the report can name it", async () => {
    const recordings = start();
    const get = await serve(recordings);
    const callId = await addCall(0, false);
    const { id } = await addRecording(recordings, callId, cut);
    expect(await recordings.urlOfCall(database.db, callId)).toBeUndefined();
    await recordings.repairCall(callId);
    const answer = await get((await recordings.urlOfCall(database.db, callId))!);
    const bytes = await bytesOf(answer);
    expect([bytes.length, bytes.readUInt32LE(40)]).toEqual([3_244, 3_200]);
    expect(await rowOf(id)).toMatchObject({ state: "kept", duration_ms: "100", size_bytes: "3244" });
  });

  test("a recorder that never reported, of a call that was, is looked after by the loop", async () => {
    const recordings = start();
    const [abandoned, running] = [await addCall(1), await addCall(0, false)];
    const { id } = await addRecording(recordings, abandoned, cut);
    const other = await addRecording(recordings, running, cut);
    await recordings.loop.workDue();
    expect([(await rowOf(id)).state, (await rowOf(other.id)).state]).toEqual(["kept", "recording"]);
  });

  test("without anything in it, or without a file, it failed", async () => {
    const recordings = start();
    const callId = await addCall(1);
    const { id, file } = await addRecording(recordings, callId, cut.subarray(0, 44));
    await recordings.repairCall(callId);
    expect(await rowOf(id)).toMatchObject({ state: "failed", path: null });
    expect(await isThere(file)).toBe(false);
    expect(await recordings.urlOfCall(database.db, callId)).toBeUndefined();
  });

  test("a file that no row knows is removed, whatever else is there stays", async () => {
    const recordings = start();
    const { file } = await addKept(recordings, await addCall());
    await writeFile(path.join(path.dirname(file), `${newId()}.wav`), WAV);
    await writeFile(path.join(path.dirname(file), "notes.txt"), "mine");
    await recordings.loop.removeStrays();
    expect((await readdir(path.dirname(file))).toSorted()).toEqual(
      [path.basename(file), "notes.txt"].toSorted(),
    );
    // Nothing was recorded yet: no folder.
    await rm(path.join(folder, "recordings"), { recursive: true });
    await recordings.loop.removeStrays();
  });

  test("another installation's file is left to it", async () => {
    const elsewhere = start(undefined, newId());
    const callId = await addCall(1);
    const { id } = await addRecording(elsewhere, callId, cut);
    await start().repairCall(callId);
    await start().loop.workDue();
    expect((await rowOf(id)).state).toBe("recording");
  });
});
