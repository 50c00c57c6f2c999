import { describe, expect, it } from "vitest";
import { ticksOf, timelineOf, type Activity } from "./call-timeline.ts";

const call = {
  created_at: "2026-11-26T10:00:00.000Z",
  started_at: "2026-11-26T10:00:00.200Z",
  ended_at: "2026-11-26T10:00:13.000Z" as string | null,
};
const now = new Date("2026-11-26T10:00:20.000Z");
const message = (sequence: number, role: "user" | "assistant", fromMs: number | null, offsetMs: number) =>
  ({
    sequence,
    type: "message",
    role,
    offset_ms: offsetMs,
    speech_offset_ms: fromMs,
    content: `words ${sequence}`,
  }) satisfies Activity;
const toolCall: Activity = {
  sequence: 3,
  type: "tool-call",
  offset_ms: 5_380,
  tool_call_id: "t1",
  name: "opening_hours",
  arguments: {},
};
const toolResult: Activity = {
  sequence: 4,
  type: "tool-result",
  offset_ms: 5_813,
  tool_call_id: "t1",
  name: "opening_hours",
  outcome: "error",
  duration_ms: 433,
  value: null,
};

describe("timelineOf", () => {
  it("puts what each side said where its speech began and ended", () => {
    const timeline = timelineOf(
      call,
      [message(1, "assistant", 300, 2_586), message(2, "user", 3_726, 5_378)],
      undefined,
      now,
    );
    expect(timeline.assistant).toMatchObject([{ fromMs: 300, toMs: 2_586, label: "words 1" }]);
    expect(timeline.caller).toMatchObject([{ fromMs: 3_726, toMs: 5_378, label: "words 2" }]);
    expect(timeline.answeredMs).toBe(200);
    expect(timeline.lengthMs).toBe(13_000);
  });

  it("draws a message of which the beginning is not known as a moment", () => {
    expect(timelineOf(call, [message(1, "user", null, 900)], undefined, now).caller).toMatchObject([
      { fromMs: 900, toMs: 900 },
    ]);
  });

  it("draws a tool from its call to its result, and to now while there is none", () => {
    expect(timelineOf(call, [toolCall, toolResult], undefined, now).tools).toMatchObject([
      { fromMs: 5_380, toMs: 5_813, label: "opening_hours", isBad: true },
    ]);
    expect(timelineOf(call, [toolCall, message(5, "user", null, 8_000)], undefined, now).tools).toMatchObject(
      [{ toMs: 8_000, isBad: false }],
    );
  });

  it("moves the trace's offsets to the call's beginning", () => {
    const webhooks = [
      {
        id: "e1",
        offset_ms: 112,
        type: "status-update" as const,
        state: "exhausted" as const,
        reason: null,
        attempt_count: 5,
        url: null,
      },
    ];
    const trace = { started_at: "2026-11-26T09:59:59.950Z", webhooks };
    expect(timelineOf(call, [], trace, now).webhooks).toMatchObject([{ fromMs: 62, isBad: true }]);
  });

  it("has room for what is to come while the call runs", () => {
    expect(timelineOf({ ...call, ended_at: null }, [], undefined, now).lengthMs).toBe(30_000);
  });
});

describe("ticksOf", () => {
  it.each([
    [13_000, 8, [0, 2_000, 4_000, 6_000, 8_000, 10_000, 12_000]],
    [60_000, 4, [0, 15_000, 30_000, 45_000, 60_000]],
    [900, 8, [0]],
  ])("of %d ms, at most %d", (lengthMs, most, ticks) => {
    expect(ticksOf(lengthMs, most)).toEqual(ticks);
  });
});
