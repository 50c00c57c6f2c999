import { describe, expect, it } from "vitest";
import {
  NOTHING_BEHIND,
  withActivity,
  withAttempt,
  withRouting,
  withWebhook,
  type BehindTheCallState,
} from "./behind.ts";

const call = { type: "tool-call", tool_call_id: "t1", name: "opening_hours", arguments: { day: "monday" } };
const webhook = { id: "e1", type: "status-update", body: '{"message":{"type":"status-update"}}' };
const states = (state: BehindTheCallState) => state.entries.map((entry) => entry.state.kind);

describe("a tool", () => {
  it.each([
    ["result", "done"],
    ["error", "failed"],
  ])("that ends with %s is %s", (outcome, kind) => {
    const asked = withActivity(NOTHING_BEHIND, call);
    expect(asked.entries).toMatchObject([{ kind: "tool", name: "opening_hours", asked: { day: "monday" } }]);
    const result = {
      type: "tool-result",
      tool_call_id: "t1",
      name: "x",
      outcome,
      duration_ms: 42,
      value: "nine",
    };
    expect(withActivity(asked, result).entries[0]!.state).toEqual({
      kind,
      outcome,
      durationMs: 42,
      answer: "nine",
    });
  });

  it("is one, also when the stream tells it twice", () => {
    expect(withActivity(withActivity(NOTHING_BEHIND, call), call).entries).toHaveLength(1);
  });
});

describe("a webhook", () => {
  it.each([
    [
      { outcome: "success", status_code: 200, total_ms: 8 },
      { kind: "done", outcome: "200", durationMs: 8 },
    ],
    [
      { outcome: "status", status_code: 500, total_ms: 8 },
      { kind: "failed", outcome: "500", durationMs: 8 },
    ],
    [
      { outcome: "timeout", status_code: null, total_ms: 9 },
      { kind: "failed", outcome: "timeout", durationMs: 9 },
    ],
  ])("whose attempt is %j", (attempt, state) => {
    const told = withAttempt(withWebhook(NOTHING_BEHIND, webhook), { attempt, webhook_event: { id: "e1" } });
    expect(told.entries[0]!.state).toEqual(state);
  });

  it("that nobody is to get says why", () => {
    const sent = withWebhook(NOTHING_BEHIND, webhook);
    expect(states(withRouting(sent, { id: "e1", routing: "routed", reason: null }))).toEqual(["waiting"]);
    const unsent = withRouting(sent, { id: "e1", routing: "no-endpoint", reason: null });
    expect(unsent.entries[0]!.state).toEqual({ kind: "unsent", reason: "no-endpoint" });
  });
});

it("leaves everything else alone", () => {
  expect(withActivity(NOTHING_BEHIND, { type: "message", role: "user" })).toBe(NOTHING_BEHIND);
  expect(withAttempt(NOTHING_BEHIND, { attempt: {}, webhook_event: null })).toBe(NOTHING_BEHIND);
});
