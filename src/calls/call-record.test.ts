import { expect, test } from "vitest";
import type { CallRow } from "./call-list-store.ts";
import { toCallRecord } from "./call-record.ts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const row: CallRow = {
  id: "c",
  caller_number: "+31612345678",
  called_number: "+31850835037",
  status: "ended",
  direction: "inbound",
  carrier_call_id: "sip-1",
  end_reason: "user_hangup",
  error: null,
  started_at: at(5),
  ended_at: at(65),
  summary: "Asked for the time",
  analysis_result: { topic: "time" },
  messages: [{ role: "user", content: "Hi" }],
  recording_id: "rec-1",
  recording_started_at: at(5),
  recording_duration_ms: "60000",
  assistant_id: "a",
  assistant_version: 3,
  number_id: "n",
  created_at: at(0),
  updated_at: at(66),
  assistant_name: "Desk",
  business_name: "Acme",
};

const urlOf = (id: string) => `https://x.example/${id}`;

test("shows every documented field under its wire name (facts 2.3)", () => {
  expect(toCallRecord(row, urlOf)).toEqual({
    id: "c",
    caller_phone: "+31612345678",
    assistant_phone: "+31850835037",
    status: "ended",
    direction: "inbound",
    end_reason: "user_hangup",
    error: null,
    started_at: at(5),
    ended_at: at(65),
    duration_seconds: 60,
    summary: "Asked for the time",
    analysis_result: { topic: "time" },
    messages: [{ role: "user", content: "Hi" }],
    room_name: null,
    recording_url: "https://x.example/rec-1",
    agent_id: "a",
    number_id: "n",
    agent_name: "Desk",
    business_name: "Acme",
    phone_number: "+31850835037",
    agent_version: 3,
    created_at: at(0),
    updated_at: at(66),
  });
});

test.each([
  ["is null while it lasts", { ended_at: null }, null],
  ["is 0 when it was never answered", { started_at: null }, 0],
  ["is rounded to whole seconds", { ended_at: new Date(at(65).getTime() + 500) }, 61],
])("the duration %s", (_sentence, change, duration) => {
  expect(toCallRecord({ ...row, ...change }, urlOf).duration_seconds).toBe(duration);
});

test("a call without a transcript has no messages, and not null", () => {
  expect(toCallRecord({ ...row, messages: null }, urlOf).messages).toEqual([]);
  expect(toCallRecord({ ...row, recording_id: null }, urlOf).recording_url).toBeNull();
});
