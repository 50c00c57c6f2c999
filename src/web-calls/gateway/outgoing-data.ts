import {
  DataPacket,
  DataPacket_Kind,
  DataStream_Chunk,
  DataStream_Header,
  DataStream_TextHeader,
  DataStream_Trailer,
  Transcription,
  TranscriptionSegment,
  UserPacket,
} from "@livekit/protocol";
import type { WebData, WebTranscription } from "../web-carrier.ts";

/** What a page gets over its data channels, as LiveKit's agents send it. Pure. */
export interface Sender {
  sid: string;
  identity: string;
}

const TRANSCRIPTION_TOPIC = "lk.transcription";
/** What LiveKit's clients cut at, well below what a data channel carries. */
const MOST_CHUNK_BYTES = 15_000;

export function packetOf(sender: Sender, value: DataPacket["value"]): Uint8Array {
  return new DataPacket({
    kind: DataPacket_Kind.RELIABLE,
    participantIdentity: sender.identity,
    participantSid: sender.sid,
    value,
  }).toBinary();
}

export function userPacket(sender: Sender, { topic, payload }: WebData): Uint8Array {
  const value = new UserPacket({
    topic,
    payload: new Uint8Array(payload),
    participantSid: sender.sid,
    participantIdentity: sender.identity,
  });
  return packetOf(sender, { case: "user", value });
}

/**
 * A text stream for each state of an utterance, which the page puts in the place of the one before by its segment id, and
 * the packet that clients knew before text streams.
 */
export function transcriptionPackets(options: {
  piece: WebTranscription;
  /** who has said it */
  sender: Sender;
  /** the track it was said on; undefined: it was typed, or there is none yet */
  trackSid: string | undefined;
  streamId: string;
  now: Date;
}): Uint8Array[] {
  const { piece, sender, streamId } = options;
  const trackSid = options.trackSid ?? "";
  const content = new TextEncoder().encode(piece.text);
  const header = new DataStream_Header({
    streamId,
    timestamp: BigInt(options.now.getTime()),
    topic: TRANSCRIPTION_TOPIC,
    mimeType: "text/plain",
    totalLength: BigInt(content.length),
    attributes: {
      "lk.segment_id": piece.segmentId,
      "lk.transcription_final": String(piece.isFinal),
      ...(trackSid !== "" && { "lk.transcribed_track_id": trackSid }),
    },
    contentHeader: { case: "textHeader", value: new DataStream_TextHeader({ generated: true }) },
  });
  const chunks = chunksOf(content).map(
    (chunk, index) => new DataStream_Chunk({ streamId, chunkIndex: BigInt(index), content: chunk }),
  );
  const legacy = new Transcription({
    transcribedParticipantIdentity: sender.identity,
    trackId: trackSid,
    segments: [new TranscriptionSegment({ id: piece.segmentId, text: piece.text, final: piece.isFinal })],
  });
  return [
    packetOf(sender, { case: "streamHeader", value: header }),
    ...chunks.map((value) => packetOf(sender, { case: "streamChunk", value })),
    packetOf(sender, { case: "streamTrailer", value: new DataStream_Trailer({ streamId }) }),
    packetOf(sender, { case: "transcription", value: legacy }),
  ];
}

/** Cut between characters, not in the middle of one (UTF-8 goes on with bytes that begin with 10). */
function chunksOf(content: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < content.length;) {
    let to = Math.min(content.length, from + MOST_CHUNK_BYTES);
    while (to < content.length && (content[to]! & 0xc0) === 0x80) to--;
    chunks.push(new Uint8Array(content.subarray(from, to)));
    from = to;
  }
  return chunks;
}
