import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SAMPLES_PER_FRAME } from "../../src/telephony/carrier.ts";
import { createPacer } from "../../src/telephony/rtp/pacer.ts";
import { startRecorder, type Recorder } from "../../src/telephony/rtp/recorder.ts";
import { repairRecordingFile } from "../../src/telephony/rtp/recording-file.ts";
import { collectGarbage } from "../harness/collect-garbage.ts";
import { createManualClock, type ManualClock } from "../harness/manual-clock.ts";
import { readWav } from "../harness/wav.ts";

// Real files, told time.

let folder: string;
let file: string;
let clock: ManualClock;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "switchhook-recorder-"));
  file = path.join(folder, "2026", "01", "call.wav");
  clock = createManualClock();
});
afterEach(() => rm(folder, { recursive: true }));

const flat = (value: number) => new Int16Array(SAMPLES_PER_FRAME).fill(value);

/** A pacer's ticks into a recorder; each frame carries its number, so that its place can be read from the file. */
function paced(recorder: Recorder) {
  let ticks = 0;
  const leave = createPacer(clock).add(() => {
    ticks++;
    recorder.add(flat(ticks % 30_000), flat(-(ticks % 30_000)));
  });
  return {
    leave,
    get ticks() {
      return ticks;
    },
  };
}

const letDiskWork = () => new Promise<void>((resolve) => setImmediate(resolve));

async function seconds(count: number, recorder: Recorder): Promise<void> {
  for (let second = 0; second < count; second++) {
    clock.advance(1_000);
    while (recorder.waiting > 1) await letDiskWork();
  }
}

test("both sides side by side: the caller left, the assistant right", async () => {
  const recorder = startRecorder({ path: file, clock });
  for (let frame = 0; frame < 75; frame++) {
    recorder.add(flat(100 + frame), flat(-100 - frame));
    clock.advance(20);
  }
  expect(await recorder.stop()).toEqual({ outcome: "recorded", durationMs: 1_500, sizeBytes: 48_044 });
  const wav = await readWav(file);
  expect(wav.durationMs).toBe(1_500);
  expect((await wav.left(1_480))[0]).toBe(174);
  expect((await wav.right(1_480))[0]).toBe(-174);
  expect((await wav.left(0, 20))[0]).toBe(100);
  // What comes after the end changes nothing.
  recorder.add(flat(1), flat(1));
  expect(await recorder.stop()).toMatchObject({ durationMs: 1_500 });
});

test("a recording without a frame leaves no file", async () => {
  expect(await startRecorder({ path: file, clock }).stop()).toEqual({ outcome: "nothing" });
  expect(await readdir(path.dirname(file))).toEqual([]);
});

test.each([
  // The pacer makes up for up to five ticks: nothing is missing.
  [60, 0],
  [100, 0],
  [1_000, 45],
  [5_000, 245],
  [90_000, 4_495],
])("a process that stalls for %i ms leaves a gap of %i frames, and goes on in time", async (stallMs, gap) => {
  const recorder = startRecorder({ path: file, clock });
  const pace = paced(recorder);
  clock.advance(2_000);
  const before = pace.ticks;
  // Time passes and no timer runs: what a stalled process sees when it wakes.
  clock.stall(stallMs);
  clock.advance(0);
  await letDiskWork();
  clock.advance(2_000);
  pace.leave();
  const result = await recorder.stop();
  const wav = await readWav(file);
  const left = await wav.left();
  const right = await wav.right();
  const numbers = everyFrame(left);
  expect(everyFrame(right)).toEqual(numbers.map((number) => 0 - number));
  const silent = numbers.filter((number) => number === 0).length;
  expect(silent).toBe(gap);
  if (gap > 0) expect(numbers.slice(before, before + gap).every((number) => number === 0)).toBe(true);
  // Four seconds and the stall, to a frame.
  expect(result).toMatchObject({ outcome: "recorded" });
  expect(Math.abs(wav.durationMs - (4_000 + stallMs))).toBeLessThanOrEqual(20);
});

function everyFrame(samples: Int16Array): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < samples.length; at += SAMPLES_PER_FRAME) numbers.push(samples[at]! + 0);
  return numbers;
}

test("an hour with stalls: in time to a few frames, aligned to the frame, memory as flat as at the start", async () => {
  const recorder = startRecorder({ path: file, clock });
  const pace = paced(recorder);
  await seconds(60, recorder);
  collectGarbage();
  const { arrayBuffers: beforeBytes } = process.memoryUsage();
  let stalledMs = 0;
  for (let minute = 1; minute < 60; minute++) {
    // 7, 14, 21 … 413 ms: most are no multiple of a frame, so that rests would add up if they could.
    const stallMs = minute * 7;
    clock.stall(stallMs);
    stalledMs += stallMs;
    await seconds(60, recorder);
  }
  pace.leave();
  collectGarbage();
  const { arrayBuffers: afterBytes } = process.memoryUsage();
  expect(afterBytes - beforeBytes).toBeLessThan(4_000_000);
  await recorder.stop();
  const wav = await readWav(file);
  expect(Math.abs(wav.durationMs - (3_600_000 + stalledMs))).toBeLessThanOrEqual(100);
  // At the end of the hour both channels carry the same tick in the same place.
  const [left, right] = await Promise.all([
    wav.left(wav.durationMs - 1_000),
    wav.right(wav.durationMs - 1_000),
  ]);
  expect(everyFrame(left)).toEqual(everyFrame(right).map((number) => 0 - number));
  expect(everyFrame(left).at(-1)).toBe(pace.ticks % 30_000);
}, 120_000);

test("a disk that does not keep up costs seconds of the recording, not memory and not the alignment", async () => {
  const recorder = startRecorder({ path: file, clock });
  const pace = paced(recorder);
  // The event loop never turns: not one write can finish.
  clock.advance(60_000);
  expect(recorder.waiting).toBe(8);
  await expect.poll(() => recorder.waiting).toBe(0);
  await seconds(2, recorder);
  pace.leave();
  await recorder.stop();
  const wav = await readWav(file);
  expect(Math.abs(wav.durationMs - 62_000)).toBeLessThanOrEqual(20);
  const numbers = everyFrame(await wav.left());
  expect(numbers[399]).toBe(400);
  expect(numbers.slice(400, 2_950).every((number) => number === 0)).toBe(true);
  expect(numbers.slice(3_000, 3_099)).toEqual(Array.from({ length: 99 }, (_, index) => 3_001 + index));
});

test("where no file can be made the call goes on, and the end says why", async () => {
  await writeFile(path.join(folder, "2026"), "in the way");
  const recorder = startRecorder({ path: file, clock });
  recorder.add(flat(1), flat(1));
  expect(await recorder.stop()).toMatchObject({
    outcome: "failed",
    error: expect.stringMatching(/EEXIST|ENOTDIR/),
  });
});

describe("after a crash", () => {
  /** The file as a killed process leaves it. */
  async function crashed(frames: number): Promise<string> {
    const recorder = startRecorder({ path: file, clock });
    for (let frame = 0; frame < frames; frame++) {
      recorder.add(flat(7), flat(8));
      clock.advance(20);
    }
    await expect.poll(() => existsSync(file) && recorder.waiting).toBe(0);
    const left = path.join(folder, "left.wav");
    await copyFile(file, left);
    await recorder.stop();
    return left;
  }

  test("the whole seconds are there, and the header says so after the repair; once more changes nothing", async () => {
    const left = await crashed(170);
    await expect(readWav(left)).rejects.toThrow("says that it has 0");
    const repaired = { outcome: "recorded", durationMs: 3_000, sizeBytes: 96_044 };
    expect(await repairRecordingFile(left)).toEqual(repaired);
    expect(await repairRecordingFile(left)).toEqual(repaired);
    expect((await (await readWav(left)).right(2_980))[0]).toBe(8);
  });

  test("a moment that was cut in half is left out", async () => {
    const left = await crashed(60);
    await truncate(left, 44 + 10_003);
    expect(await repairRecordingFile(left)).toMatchObject({ sizeBytes: 44 + 10_000 });
    expect((await readWav(left)).durationMs).toBe(312.5);
  });

  test("nothing in it: the file goes; no file: nothing to repair", async () => {
    const left = await crashed(3);
    expect(await repairRecordingFile(left)).toEqual({ outcome: "nothing" });
    expect(await repairRecordingFile(left)).toEqual({ outcome: "nothing" });
  });
});
