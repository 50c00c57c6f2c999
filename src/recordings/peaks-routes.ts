import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { createPeaksReader, type Peaks } from "./peaks.ts";
import { findSource, type RecordingPlaces } from "./recording-source.ts";
import { findKeptRecording, type Recording } from "./recording-store.ts";

const MOST_BUCKETS = 4_000;
const message = `must be a whole number from 1 to ${MOST_BUCKETS}`;

export const peaksQuery = z.object({
  buckets: z
    .string(message)
    .regex(/^\d{1,4}$/, message)
    .meta({ type: "integer", minimum: 1, maximum: MOST_BUCKETS, pattern: undefined })
    .transform(Number)
    .refine((count) => count >= 1 && count <= MOST_BUCKETS, message)
    .default(800),
});

/** A page is left and come back to; an hour's recording takes a quarter of a second to read. */
const MOST_REMEMBERED = 200;

/** `GET /calls/{id}/recording/peaks`: the picture of a recording. An extension. */
export function peaksRoutes(server: FastifyInstance, options: RecordingPlaces & { db: Database }): void {
  // A recording that is kept does not change any more.
  const remembered = new Map<string, Peaks>();

  async function peaksOf(recording: Recording, buckets: number): Promise<Peaks> {
    const key = `${recording.id} ${buckets}`;
    const known = remembered.get(key);
    if (known) return known;
    const source = await findSource(recording, options);
    const body = await source.read(undefined);
    if (!body) throw new ApiError("recording_not_found");
    const reader = createPeaksReader(source.sizeBytes, buckets);
    for await (const bytes of body) reader.push(bytes as Buffer);
    const peaks = reader.result();
    if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
    remembered.set(key, peaks);
    return peaks;
  }

  server.get<{ Params: { id: string } }>("/calls/:id/recording/peaks", async (request) => {
    const { id } = request.params;
    const { buckets } = parseBody(peaksQuery, request.query);
    const recording = isUuid(id)
      ? await findKeptRecording(options.db, request.organizationId, id)
      : undefined;
    if (!recording) throw new ApiError("recording_not_found");
    const { durationMs, caller, assistant } = await peaksOf(recording, buckets);
    return { peaks: { duration_ms: durationMs, caller, assistant } };
  });
}
