import { DataPacket } from "@livekit/protocol";
import { describe, expect, it } from "vitest";
import { transcriptionPackets } from "./outgoing-data.ts";

describe("what was said, for the page", () => {
  const now = new Date("2026-11-26T10:00:00Z");
  const sender = { sid: "PA_1", identity: "assistant" };
  const packetsOf = (text: string, trackSid?: string) =>
    transcriptionPackets({
      piece: { segmentId: "seg", text, isFinal: false, speaker: "assistant" },
      sender,
      trackSid,
      streamId: "ST_1",
      now,
    }).map((packet) => DataPacket.fromBinary(packet));

  it("is a text stream, and the packet of older clients", () => {
    const packets = packetsOf("Guten Tag", "TR_1");
    expect(packets.map(({ value }) => value.case)).toEqual([
      "streamHeader",
      "streamChunk",
      "streamTrailer",
      "transcription",
    ]);
    expect(packets.every(({ participantIdentity }) => participantIdentity === "assistant")).toBe(true);
    expect(packets[0]!.value.value).toMatchObject({
      topic: "lk.transcription",
      timestamp: BigInt(now.getTime()),
      attributes: {
        "lk.segment_id": "seg",
        "lk.transcription_final": "false",
        "lk.transcribed_track_id": "TR_1",
      },
    });
    expect(packets[3]!.value.value).toMatchObject({
      transcribedParticipantIdentity: "assistant",
      trackId: "TR_1",
      segments: [{ id: "seg", text: "Guten Tag", final: false }],
    });
  });

  it("is cut between characters", () => {
    const text = "日本語".repeat(3_000);
    const chunks = packetsOf(text).flatMap(({ value }) =>
      value.case === "streamChunk" ? [value.value] : [],
    );
    expect(chunks.map(({ chunkIndex }) => Number(chunkIndex))).toEqual([0, 1]);
    const decoder = new TextDecoder("utf-8", { fatal: true });
    expect(chunks.map(({ content }) => decoder.decode(content)).join("")).toBe(text);
  });

  it("has no chunk where nothing was said", () => {
    expect(packetsOf("").map(({ value }) => value.case)).toEqual([
      "streamHeader",
      "streamTrailer",
      "transcription",
    ]);
  });
});
