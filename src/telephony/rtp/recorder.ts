import { unlink, type FileHandle } from "node:fs/promises";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import { FRAME_MS, SAMPLES_PER_FRAME, type RecordingResult } from "../carrier.ts";
import { BYTES_PER_MOMENT, completeRecordingFile, createRecordingFile } from "./recording-file.ts";
import { MOST_CATCH_UP_TICKS } from "./pacer.ts";
import { WAV_HEADER_BYTES } from "./wav.ts";

/**
 * Writes both sides of a call into one file while it runs: the caller left, the assistant right, as they were heard.
 *
 * - Both channels go in together, so that they cannot move against each other; where they go is said by the monotonic
 *   clock. After a stall the frames that were not sent are missing here too, as silence of the right length, and no
 *   error adds up over an hour.
 * - Nothing waits for the disk. Seconds are written as they fill, at their place in the file; while the disk does not
 *   keep up, whole seconds are left out (a hole reads as silence), so that memory stays what it is.
 * - Killed at any moment, the file lacks the last second and its header's sizes: `repairRecordingFile`.
 */
export interface Recorder {
  /** What is heard of each side in this tick: 20 ms each. Does nothing after `stop`. */
  add(caller: Int16Array, assistant: Int16Array): void;
  /** Completes the file. Once more, it is the same end. Never rejects. */
  stop(): Promise<RecordingResult>;
  /** seconds that wait for the disk */
  readonly waiting: number;
}

const FRAMES_PER_CHUNK = 50;
const CHUNK_SAMPLES = FRAMES_PER_CHUNK * SAMPLES_PER_FRAME * 2;
const CHUNK_BYTES = FRAMES_PER_CHUNK * SAMPLES_PER_FRAME * BYTES_PER_MOMENT;
/** 256 KB a call at most; a disk that is away for longer costs the recording what it missed */
const MOST_WAITING = 8;

export function startRecorder(options: { path: string; clock: Clock }): Recorder {
  const { clock, path } = options;
  let startedMs: number | undefined;
  /** where the next frame goes, counted from the first */
  let nextFrame = 0;
  let chunkIndex = 0;
  let chunk = new Int16Array(CHUNK_SAMPLES);
  const spare: Int16Array<ArrayBuffer>[] = [];
  let waiting = 0;
  /** how much of the data has reached the file */
  let writtenBytes = 0;
  let failure: Error | undefined;
  let stopped: Promise<RecordingResult> | undefined;
  let handle: FileHandle | undefined;
  let tail: Promise<void> = createRecordingFile(path)
    .then((opened) => void (handle = opened))
    .catch(fail);

  function fail(error: unknown): void {
    failure ??= toError(error);
  }

  function placeOfNow(): number {
    const nowMs = clock.monotonicMs();
    startedMs ??= nowMs;
    const due = Math.round((nowMs - startedMs) / FRAME_MS);
    // The pacer makes up for a short stall by ticks in a row: their frames follow each other and end now. Whatever is
    // missing beyond that was never sent nor heard.
    const behind = due - nextFrame;
    return behind < MOST_CATCH_UP_TICKS ? nextFrame : due - (MOST_CATCH_UP_TICKS - 1);
  }

  function turnTo(index: number): void {
    if (index === chunkIndex) return;
    write(chunk, chunkIndex, CHUNK_BYTES);
    chunk = spare.pop() ?? new Int16Array(CHUNK_SAMPLES);
    chunkIndex = index;
  }

  function write(samples: Int16Array<ArrayBuffer>, index: number, lengthBytes: number): void {
    if (waiting >= MOST_WAITING || failure) return;
    waiting++;
    // The machine's byte order, which is the file's on everything that Node runs on but s390x.
    const bytes = Buffer.from(samples.buffer, 0, lengthBytes);
    const at = index * CHUNK_BYTES;
    tail = tail
      .then(async () => {
        if (failure) return;
        await writeAll(handle!, bytes, WAV_HEADER_BYTES + at);
        writtenBytes = at + lengthBytes;
      })
      .catch(fail)
      .then(() => {
        waiting--;
        samples.fill(0);
        spare.push(samples);
      });
  }

  async function complete(): Promise<RecordingResult> {
    const inChunk = nextFrame - chunkIndex * FRAMES_PER_CHUNK;
    if (inChunk > 0) write(chunk, chunkIndex, inChunk * SAMPLES_PER_FRAME * BYTES_PER_MOMENT);
    await tail;
    if (!handle) return failed();
    try {
      // A disk that is full ends the recording; what was written until then is worth keeping.
      const dataBytes = failure ? writtenBytes : nextFrame * SAMPLES_PER_FRAME * BYTES_PER_MOMENT;
      if (dataBytes > 0) {
        return { outcome: "recorded", ...(await completeRecordingFile(handle, dataBytes)) };
      }
    } catch (error) {
      fail(error);
    } finally {
      await handle.close().catch(fail);
    }
    await unlink(path).catch(fail);
    return failure ? failed() : { outcome: "nothing" };
  }

  const failed = (): RecordingResult => ({ outcome: "failed", error: failure?.message ?? "unknown" });

  return {
    add(caller, assistant) {
      if (stopped) return;
      const frame = placeOfNow();
      turnTo(Math.floor(frame / FRAMES_PER_CHUNK));
      const at = (frame - chunkIndex * FRAMES_PER_CHUNK) * SAMPLES_PER_FRAME * 2;
      for (let index = 0; index < SAMPLES_PER_FRAME; index++) {
        chunk[at + 2 * index] = caller[index]!;
        chunk[at + 2 * index + 1] = assistant[index]!;
      }
      nextFrame = frame + 1;
    },
    stop: () => (stopped ??= complete()),
    get waiting() {
      return waiting;
    },
  };
}

/** `write` may take a part of what it is given. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
