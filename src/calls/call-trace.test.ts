import { expect, test } from "vitest";
import { decisionOf, traceOnWire } from "./call-trace.ts";
import type { TimelineDetail } from "./call-timeline.ts";

const at = new Date(1_000);
test.each<[TimelineDetail, string | undefined]>([
  [{ type: "dialing", destination: "+31612345678", from: "+31850835037" }, "the call was placed"],
  [{ type: "ringing", caller: "+31612345678", called: "+31850835037" }, "a call came in"],
  [
    { type: "decided", mode: "transient", because: "the webhook answered", durationMs: 14.2 },
    "assistant-request was decided in 14 ms: transient, because the webhook answered",
  ],
  [
    { type: "decided", mode: "reject", because: "We are closed, Ada.", durationMs: 9 },
    "assistant-request was decided in 9 ms: the call is refused",
  ],
  [{ type: "interrupted" }, "the assistant stopped speaking because the caller began to"],
  [
    { type: "tool-call", toolCallId: "1", name: "look_up", arguments: { name: "Ada" } },
    "the tool look_up was called",
  ],
  [
    {
      type: "tool-result",
      toolCallId: "1",
      name: "look_up",
      outcome: "result",
      value: "Ada",
      durationMs: 120,
    },
    "the tool look_up answered after 120 ms",
  ],
  [
    {
      type: "tool-result",
      toolCallId: "1",
      name: "look_up",
      outcome: "error",
      value: "Ada",
      durationMs: 120,
    },
    "the tool look_up failed after 120 ms",
  ],
  [{ type: "digit", digit: "7" }, "the caller pressed a key"],
  [
    { type: "transfer", destination: "+31612345678", outcome: "transferred", detail: undefined },
    "the call was transferred",
  ],
  [
    { type: "transfer", destination: "+31612345678", outcome: "failed", detail: "486 Busy Here" },
    "a transfer failed: 486 Busy Here",
  ],
  [
    { type: "ended", status: "ended", reason: "user_hangup", error: undefined },
    "the call was over: ended, user_hangup",
  ],
  [
    { type: "ended", status: "ended-with-error", reason: "error", error: "STT connection failed" },
    "the call was over: ended-with-error, error (STT connection failed)",
  ],
  [
    { type: "ended", status: "rejected", reason: "rejected_by_webhook", error: "Sorry, Ada." },
    "the call was over: rejected, rejected_by_webhook",
  ],
  [{ type: "message", role: "user", content: "I am Ada." }, undefined],
])("%j", (detail, text) => {
  const decision = decisionOf({ callId: "c", at, ...detail });
  expect(decision?.text).toBe(text);
  // The trace outlives the content, and shows numbers in the ladder alone.
  expect(decision?.text ?? "").not.toMatch(/Ada|\+31/);
});

test("on the wire: times from the first message on, a score for each leg, stages that add up", () => {
  const trace = traceOnWire({
    startedAt: 1_000,
    sip: [],
    sipOmitted: 2,
    media: [
      {
        codec: "PCMU",
        sentPackets: 500,
        receivedPackets: 490,
        lostPackets: 10,
        latePackets: 1,
        jitterMs: 3.14159,
        bufferMs: 60,
      },
      {
        codec: "PCMA",
        sentPackets: 5,
        receivedPackets: 0,
        lostPackets: 0,
        latePackets: 0,
        jitterMs: 0,
        bufferMs: 60,
      },
    ],
    turns: [
      {
        endOfSpeechAt: 3_000,
        totalMs: 900,
        stages: {
          sttFinalMs: 100,
          endOfTurnWaitMs: 200,
          toolMs: 0,
          llmFirstTokenMs: 400,
          ttsFirstAudioMs: 150,
          playoutStartMs: 50,
        },
      },
    ],
    decisions: [{ at: 1_014, type: "answered", text: "answered" }],
  });
  expect(trace).toEqual({
    started_at: "1970-01-01T00:00:01.000Z",
    sip: [],
    sip_omitted: 2,
    media: [
      {
        codec: "PCMU",
        sent_packets: 500,
        received_packets: 490,
        lost_packets: 10,
        late_packets: 1,
        jitter_ms: 3.1,
        mos: expect.closeTo(4.2, 1),
      },
      {
        codec: "PCMA",
        sent_packets: 5,
        received_packets: 0,
        lost_packets: 0,
        late_packets: 0,
        jitter_ms: 0,
        mos: null,
      },
    ],
    turns: [
      {
        offset_ms: 2_000,
        total_ms: 900,
        stages: {
          stt_final_ms: 100,
          end_of_turn_wait_ms: 200,
          tool_ms: 0,
          llm_first_token_ms: 400,
          tts_first_audio_ms: 150,
          playout_start_ms: 50,
        },
      },
    ],
    decisions: [{ offset_ms: 14, type: "answered", text: "answered" }],
  });
});
