import { expect, test } from "vitest";
import { KEY, useRecordingWorld, WAV } from "../harness/recording-world.ts";

const world = useRecordingWorld();

test("the picture of a recording, from the file, then from memory; in as many parts as are asked for", async () => {
  const recordings = world.start();
  const api = await world.createApi(recordings);
  world.closeLater(() => api.close());
  const callId = await world.addCall();
  const { file } = await world.addKept(recordings, callId);
  const peaks = async (query = "") =>
    (await api.request("GET", `/calls/${callId}/recording/peaks${query}`, { key: KEY })).body.peaks;

  const whole = await peaks("?buckets=10");
  expect(whole.duration_ms).toBe(1_000);
  expect(whole.caller).toHaveLength(10);
  // As loud as the loudest sample of that side.
  let loudest = 0;
  for (let at = 44; at < WAV.length; at += 4) loudest = Math.max(loudest, Math.abs(WAV.readInt16LE(at)));
  expect(Math.max(...whole.caller)).toBeCloseTo(loudest / 32_768, 3);
  expect((await peaks()).assistant).toHaveLength(800);

  const { rm } = await import("node:fs/promises");
  await rm(file);
  expect(await peaks("?buckets=10")).toEqual(whole);
  const gone = await api.request("GET", `/calls/${callId}/recording/peaks?buckets=11`, { key: KEY });
  expect([gone.status, gone.body.code]).toEqual([404, "recording_not_found"]);
});

test.each(["0", "4001", "x", "1e3", "-1"])("refuses buckets=%s", async (buckets) => {
  const api = await world.createApi(world.start());
  world.closeLater(() => api.close());
  const path = `/calls/${await world.addCall()}/recording/peaks?buckets=${buckets}`;
  const { status, body } = await api.request("GET", path, { key: KEY });
  expect([status, body.details]).toEqual([400, ["buckets: must be a whole number from 1 to 4000"]]);
});
