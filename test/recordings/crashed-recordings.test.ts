import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { wavHeader } from "../../src/telephony/rtp/wav.ts";
import { AUDIO, useRecordingWorld, WAV } from "../harness/recording-world.ts";

const world = useRecordingWorld();
const { start, serve, addCall, addKept, addRecording, rowOf, isThere, bytesOf } = world;

describe("after a crash", () => {
  const cut = Buffer.concat([wavHeader(0, { channels: 2, sampleRateHz: 8_000 }), AUDIO.subarray(0, 3_202)]);

  test("the reaper's look makes the file playable, so that the report can name it", async () => {
    const recordings = start();
    const get = await serve(recordings);
    const callId = await addCall(0, false);
    const { id } = await addRecording(recordings, callId, cut);
    expect(await recordings.urlOfCall(world.db, callId)).toBeUndefined();
    await recordings.repairCall(callId);
    const answer = await get((await recordings.urlOfCall(world.db, callId))!);
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
    expect(await recordings.urlOfCall(world.db, callId)).toBeUndefined();
  });

  test("whoever asks for one, a call in GDPR mode has no recording, and its file does not stay", async () => {
    const recordings = start();
    const callId = await addCall(0, false);
    await world.db
      .updateTable("calls")
      .set({ configuration: JSON.stringify({ gdpr_mode: true }) })
      .where("id", "=", callId)
      .execute();
    const { id, file } = await addRecording(recordings, callId);
    await recordings.keep(id, { durationMs: 1_000, sizeBytes: WAV.length });
    expect(await recordings.urlOfCall(world.db, callId)).toBeUndefined();
    await recordings.loop.removeStrays();
    expect(await isThere(file)).toBe(false);
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
    await rm(path.join(world.folder, "recordings"), { recursive: true });
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
