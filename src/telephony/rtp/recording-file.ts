import { mkdir, open, unlink, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { SAMPLE_RATE_HZ, type RecordingResult } from "../carrier.ts";
import { WAV_HEADER_BYTES, wavHeader } from "./wav.ts";

const FORMAT = { channels: 2, sampleRateHz: SAMPLE_RATE_HZ };
/** one moment of both channels */
export const BYTES_PER_MOMENT = 4;
const BYTES_PER_MS = (BYTES_PER_MOMENT * SAMPLE_RATE_HZ) / 1_000;

/** @throws what the file system says */
export async function createRecordingFile(file: string): Promise<FileHandle> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  // What is said in a call is for nobody else on this machine.
  const handle = await open(file, "wx", 0o600);
  await handle.write(wavHeader(0, FORMAT), 0, WAV_HEADER_BYTES, 0);
  return handle;
}

/** Gives the file the length and the header that it ends with. The bytes are on the disk when this resolves. */
export async function completeRecordingFile(
  handle: FileHandle,
  dataBytes: number,
): Promise<{ durationMs: number; sizeBytes: number }> {
  // A silence at the end may never have been written.
  await handle.truncate(WAV_HEADER_BYTES + dataBytes);
  await handle.write(wavHeader(dataBytes, FORMAT), 0, WAV_HEADER_BYTES, 0);
  await handle.datasync();
  return { durationMs: dataBytes / BYTES_PER_MS, sizeBytes: WAV_HEADER_BYTES + dataBytes };
}

/**
 * Makes a file playable whose recorder was killed: the header's sizes are taken from the file's. Once more, it changes
 * nothing. A file that has no audio is removed.
 */
export async function repairRecordingFile(file: string): Promise<RecordingResult> {
  let handle: FileHandle;
  try {
    handle = await open(file, "r+");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { outcome: "nothing" };
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const whole = Math.floor((size - WAV_HEADER_BYTES) / BYTES_PER_MOMENT) * BYTES_PER_MOMENT;
    if (whole > 0) return { outcome: "recorded", ...(await completeRecordingFile(handle, whole)) };
  } finally {
    await handle.close();
  }
  await unlink(file);
  return { outcome: "nothing" };
}
