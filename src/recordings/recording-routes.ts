import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { readRange } from "./byte-range.ts";
import { findSource, type RecordingPlaces } from "./recording-source.ts";
import { findRecording, type Recording } from "./recording-store.ts";
import type { RecordingUrls } from "./recording-url.ts";

export interface RecordingRoutesOptions extends RecordingPlaces {
  db: Database;
  urls: RecordingUrls;
}

export const recordingQuery = z.object({
  expires: z.string("is missing: take the whole recording_url").max(15),
  signature: z.string("is missing: take the whole recording_url").max(100),
});

/**
 * `GET /recordings/{id}`: a recording_url. No API key: the signature is the permission. Served by us also from the bucket,
 * which need not be reachable for those who listen, and so that what retention deletes is gone at once.
 */
export function recordingRoutes(server: FastifyInstance, options: RecordingRoutesOptions): void {
  server.get<{ Params: { id: string } }>("/recordings/:id", async (request, reply) => {
    const { id } = request.params;
    const verdict = options.urls.check(id, parseBody(recordingQuery, request.query));
    // Before anything is looked up: what a forged URL names is nobody's business.
    if (verdict === "forged") throw new ApiError("recording_url_forged");
    if (verdict === "expired") throw new ApiError("recording_url_expired");
    const recording = isUuid(id) ? await findRecording(options.db, id) : undefined;
    if (recording?.state === "deleting" || recording?.state === "deleted")
      throw new ApiError("recording_deleted");
    if (recording?.state !== "kept") throw new ApiError("recording_not_found");
    void reply
      .header("Accept-Ranges", "bytes")
      // Somebody's voice: in no shared cache, and in no search engine.
      .header("Cache-Control", "private, no-store")
      .header("X-Robots-Tag", "noindex")
      .header("X-Content-Type-Options", "nosniff")
      .header("Content-Disposition", `inline; filename="${recording.callId}.wav"`);
    return send(recording, request.headers.range, reply, options);
  });
}

async function send(
  recording: Recording,
  rangeHeader: string | undefined,
  reply: FastifyReply,
  places: RecordingPlaces,
): Promise<FastifyReply> {
  const source = await findSource(recording, places);
  const { sizeBytes } = source;
  const range = readRange(rangeHeader, sizeBytes);
  if (range.outcome === "unsatisfiable") {
    throw new ApiError("range_not_satisfiable", { headers: { "Content-Range": `bytes */${sizeBytes}` } });
  }
  const { start, end } = range.outcome === "part" ? range : { start: 0, end: sizeBytes - 1 };
  const body = await source.read(range.outcome === "part" ? { start, end } : undefined);
  if (!body) throw new ApiError("recording_not_found");
  if (range.outcome === "part")
    void reply.code(206).header("Content-Range", `bytes ${start}-${end}/${sizeBytes}`);
  return reply
    .type("audio/wav")
    .header("Content-Length", end - start + 1)
    .send(body);
}
