import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { ObjectStore } from "./object-store.ts";
import type { Recording } from "./recording-store.ts";

/** Where the bytes of recordings are. */
export interface RecordingPlaces {
  /** the data folder's `recordings` */
  folder: string;
  bucket: ObjectStore | undefined;
}

export interface RecordingSource {
  sizeBytes: number;
  /** `end` is included. @returns undefined: they cannot be had from here, on another machine's disk, say */
  read(part: { start: number; end: number } | undefined): Promise<Readable | undefined>;
}

/** In the data folder while it is there, else in the bucket. */
export async function findSource(
  recording: Recording,
  { folder, bucket }: RecordingPlaces,
): Promise<RecordingSource> {
  const file = recording.path === null ? undefined : path.join(folder, recording.path);
  const local = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file !== undefined && local) {
    return { sizeBytes: local.size, read: async (part) => createReadStream(file, part) };
  }
  return {
    sizeBytes: recording.sizeBytes ?? 0,
    async read(part) {
      const wanted = part && `bytes=${part.start}-${part.end}`;
      const object =
        recording.objectKey === null ? undefined : await bucket?.get(recording.objectKey, wanted);
      return object && Readable.fromWeb(object.body as NodeReadableStream);
    },
  };
}
