import { describe, expect, test } from "vitest";
import { activityOf, activityOnWire, type KeptActivity } from "./call-activity.ts";
import { createActivityLog, type NumberedActivity } from "./activity-log.ts";
import type { TimelineDetail } from "./call-timeline.ts";

const at = new Date("2026-01-01T12:00:05.000Z");
const startedAt = new Date("2026-01-01T12:00:00.000Z");
const began = new Date("2026-01-01T12:00:03.500Z");
const tool = { toolCallId: "call_1", name: "look_up" };

function onWire(entry: TimelineDetail, hasContent: boolean) {
  const { content, ...activity } = activityOf({ callId: "c", at, ...entry });
  const kept: KeptActivity = { ...activity, sequence: 7, content: hasContent ? (content ?? null) : null };
  // As the database gives it back.
  return activityOnWire({ ...kept, detail: JSON.parse(JSON.stringify(kept.detail)) }, startedAt);
}

/** entry, what the API shows, and that without its content */
const CASES: [TimelineDetail, object, object][] = [
  [{ type: "ringing", caller: "+31612345678", called: "+31850835037" }, {}, {}],
  [{ type: "dialing", destination: "+31612345678", from: "+31850835037" }, {}, {}],
  [
    { type: "decided", mode: "transient", because: "the webhook answered", durationMs: 12.34 },
    { mode: "transient", because: "the webhook answered", duration_ms: 12.3 },
    { mode: "transient", because: "the webhook answered", duration_ms: 12.3 },
  ],
  [
    { type: "decided", mode: "reject", because: "We are closed, Ada.", durationMs: 1 },
    { mode: "reject", because: null, duration_ms: 1 },
    { mode: "reject", because: null, duration_ms: 1 },
  ],
  [
    { type: "message", role: "user", content: "I am Ada.", speechBeganAt: began },
    { role: "user", speech_offset_ms: 3_500, content: "I am Ada." },
    { role: "user", speech_offset_ms: 3_500, content: null },
  ],
  [
    { type: "message", role: "assistant", content: "Hello." },
    { role: "assistant", speech_offset_ms: null, content: "Hello." },
    { role: "assistant", speech_offset_ms: null, content: null },
  ],
  [
    { type: "tool-call", ...tool, arguments: { name: "Ada" } },
    { tool_call_id: "call_1", name: "look_up", arguments: { name: "Ada" } },
    { tool_call_id: "call_1", name: "look_up", arguments: null },
  ],
  [
    { type: "tool-result", ...tool, outcome: "result", value: undefined, durationMs: 120 },
    { tool_call_id: "call_1", name: "look_up", outcome: "result", duration_ms: 120, value: null },
    { tool_call_id: "call_1", name: "look_up", outcome: "result", duration_ms: 120, value: null },
  ],
  [{ type: "joined" }, {}, {}],
  [{ type: "typed", outcome: "too-long" }, { outcome: "too-long" }, { outcome: "too-long" }],
  [{ type: "digit", digit: "4" }, { digit: "4" }, { digit: null }],
  [
    { type: "transfer", destination: "+31201234567", outcome: "failed", detail: "the line is busy" },
    { outcome: "failed", reason: "the line is busy", destination: "+31201234567" },
    { outcome: "failed", reason: "the line is busy", destination: null },
  ],
  [{ type: "consent", outcome: "agreed", digit: "1" }, { outcome: "agreed" }, { outcome: "agreed" }],
  [{ type: "node", nodeId: "talk" }, { node_id: "talk" }, { node_id: "talk" }],
  [
    { type: "ended", status: "rejected", reason: "rejected_by_webhook", error: "We are closed, Ada." },
    { status: "rejected", end_reason: "rejected_by_webhook" },
    { status: "rejected", end_reason: "rejected_by_webhook" },
  ],
];

describe.each(CASES)("%o", (entry, whole, withoutContent) => {
  const common = { sequence: 7, offset_ms: 5_000, type: entry.type };
  test("whole", () => expect(onWire(entry, true)).toEqual({ ...common, ...whole }));
  test("without what was said", () => expect(onWire(entry, false)).toEqual({ ...common, ...withoutContent }));
});

test("an answer of a megabyte is kept as its beginning", () => {
  const value = { text: "x".repeat(1_000_000) };
  const { content } = activityOf({
    callId: "c",
    at,
    type: "tool-result",
    ...tool,
    outcome: "result",
    value,
    durationMs: 1,
  });
  expect((content!["value"] as string).length).toBe(16_385);
});

test("moments that come while one is being written are written together, in order, and no more than 2,000", async () => {
  const writes: NumberedActivity[][] = [];
  let begin: (() => void)[] = [];
  const keep = createActivityLog(
    (take) => new Promise((resolve) => begin.push(() => resolve(void writes.push(take())))),
  );
  const add = () => keep({ callId: "c", at, type: "answered" });
  const next = () => {
    const [first] = begin;
    begin = begin.slice(1);
    first!();
  };
  add();
  add();
  expect(begin).toHaveLength(1);
  next();
  add();
  next();
  expect(writes.map((written) => written.map(({ sequence }) => sequence))).toEqual([[1, 2], [3]]);
  for (let index = 0; index < 3_000; index++) add();
  next();
  expect(writes[2]).toHaveLength(1_997);
});
