import path from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { newId } from "../../src/ids.ts";
import { upkeepTasks } from "../../src/upkeep.ts";
import { createFetchOf } from "../../src/webhooks/outgoing-fetch.ts";
import { KEY, useRecordingWorld, WAV } from "../harness/recording-world.ts";
import type { S3Server } from "../harness/s3-server.ts";

const world = useRecordingWorld();
const { start, serve, addCall, addKept, rowOf, isThere, letTimePass, bytesOf } = world;

describe("in the data folder", () => {
  test("a URL plays it, whole and in parts, until it expires", async () => {
    const recordings = start();
    const get = await serve(recordings);
    const callId = await addCall();
    const { id, path: relative } = await addKept(recordings, callId);
    expect(relative).toBe(path.join("2026", "11", `${callId}.wav`));
    const url = (await recordings.urlOfCall(world.db, callId))!;

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
    world.passSeconds(601);
    const late = await get(url);
    expect([late.status, await late.json()]).toMatchObject([410, { code: "recording_url_expired" }]);
    // A fresh one is good again.
    expect((await get(recordings.urlOf(id))).status).toBe(200);
    const unknown = await get(recordings.urlOf(newId()));
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: "recording_not_found" }]);
  });

  test("calls name it in the API, each time with a fresh URL", async () => {
    const recordings = start();
    const api = await world.createApi(recordings);
    world.closeLater(() => api.close());
    const [recorded, silent] = [await addCall(), await addCall()];
    const { id } = await addKept(recordings, recorded);
    const urlOf = async (callId: string) =>
      (await api.request("GET", `/calls/${callId}`, { key: KEY })).body.recording_url;
    const first = await urlOf(recorded);
    expect(first).toContain(`/recordings/${id}?expires=`);
    expect(await urlOf(silent)).toBeNull();
    world.passSeconds(5);
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
    const recordings = start(world.s3.config);
    const get = await serve(recordings);
    const { id, file, path: relative } = await addKept(recordings, await addCall());
    // The URL does not wait for the upload.
    expect((await get(recordings.urlOf(id))).status).toBe(200);
    await recordings.loop.workDue();
    expect(world.s3.requests).toEqual([`PUT recordings/${relative}`]);
    expect(world.s3.objects.get(`recordings/${relative}`)?.equals(WAV)).toBe(true);
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
    world.s3.objects.clear();
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
      const recordings = start(world.s3.config);
      const { id, file } = await addKept(recordings, await addCall());
      world.s3.misbehave = how(world.s3);
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
        const before = world.s3.requests.length;
        await recordings.loop.workDue();
        expect(world.s3.requests).toHaveLength(before);
        await letTimePass();
        await start(world.s3.config).loop.workDue();
      }
      expect(delays[1]! > delays[0]! && delays[2]! > delays[1]!).toBe(true);
      expect(await isThere(file)).toBe(true);
      world.s3.misbehave = undefined;
      await letTimePass();
      await start(world.s3.config).loop.workDue();
      expect(world.s3.objects.size).toBe(1);
      expect(await isThere(file)).toBe(false);
    },
  );

  test("a wrong key is refused by the bucket, and told", async () => {
    const recordings = start({ ...world.s3.config, secretAccessKey: "wrong" });
    const { id } = await addKept(recordings, await addCall());
    await recordings.loop.workDue();
    expect(await rowOf(id)).toMatchObject({ last_error: expect.stringContaining("SignatureDoesNotMatch") });
    expect(world.s3.objects.size).toBe(0);
  });

  test("killed after the upload and before the file was removed: the rest is done", async () => {
    const recordings = start(world.s3.config);
    const { id, file } = await addKept(recordings, await addCall());
    await world.db
      .updateTable("recordings")
      .set({ object_key: "recordings/x.wav", uploaded_at: new Date() })
      .where("id", "=", id)
      .execute();
    await recordings.loop.workDue();
    expect([world.s3.requests, await isThere(file), (await rowOf(id)).path]).toEqual([[], false, null]);
  });

  test("nothing but the endpoint is reached through its way out", async () => {
    const outgoing = createFetchOf(world.s3.config.endpoint, systemClock);
    world.closeLater(() => outgoing.close());
    await expect(outgoing.fetch("http://127.0.0.1:1/x")).rejects.toThrow("only http://127.0.0.1");
  });
});

describe("retention", () => {
  /** As it is done every hour. */
  const forget = async () => {
    const task = upkeepTasks(world.db, systemClock).find(
      ({ name }) => name === "calls past their retention",
    )!;
    await task.run();
  };

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
    const recordings = start(world.s3.config);
    const { id } = await addKept(recordings, await addCall(31));
    await recordings.loop.workDue();
    expect(world.s3.objects.size).toBe(1);
    await forget();
    world.s3.misbehave = (_request, response) => response.writeHead(500).end();
    await recordings.loop.workDue();
    expect(await rowOf(id)).toMatchObject({ state: "deleting", attempt_count: 1 });
    world.s3.misbehave = undefined;
    await letTimePass();
    // Another machine's process: the file is gone, so it need not be ours.
    await start(world.s3.config, newId()).loop.workDue();
    expect(world.s3.objects.size).toBe(0);
    expect(await rowOf(id)).toMatchObject({ state: "deleted", object_key: null });
  });

  test("comes in the middle of an upload: neither file nor object stays", async () => {
    const recordings = start(world.s3.config);
    const { id, file } = await addKept(recordings, await addCall(31));
    const taken = Promise.withResolvers<void>();
    world.s3.misbehave = (_request, response) => {
      world.s3.misbehave = undefined;
      void forget().then(() => {
        world.s3.objects.set(`recordings/${path.relative(path.join(world.folder, "recordings"), file)}`, WAV);
        response.writeHead(200).end();
        taken.resolve();
      });
    };
    await recordings.loop.workDue();
    await taken.promise;
    await recordings.loop.workDue();
    expect([world.s3.objects.size, await isThere(file), (await rowOf(id)).state]).toEqual([
      0,
      false,
      "deleted",
    ]);
  });

  test("a file is not deleted by who does not have it", async () => {
    const recordings = start();
    const { id } = await addKept(recordings, await addCall(31));
    await forget();
    await start(world.s3.config, newId()).loop.workDue();
    expect((await rowOf(id)).state).toBe("deleting");
  });
});
