import { expect, test } from "vitest";
import type { SyncAnswer } from "./sync-answer.ts";
import { readToolAnswer } from "./tool-response.ts";

test.each([
  [
    { results: [{ tool_call_id: "t1", result: { closes: "17:30" } }] },
    { outcome: "result", result: { closes: "17:30" } },
  ],
  [
    {
      results: [
        { tool_call_id: "t0", result: 0 },
        { tool_call_id: "t1", result: 1 },
      ],
    },
    { outcome: "result", result: 1 },
  ],
  [{ results: [{ toolCallId: "t1", result: "old name" }] }, { outcome: "result", result: "old name" }],
  [
    { results: [{ tool_call_id: "t1", error: "Contact not found" }] },
    { outcome: "error", error: "Contact not found" },
  ],
  [{ results: [{ tool_call_id: "t1" }] }, { outcome: "result", result: null }],
  [{ results: [] }, { outcome: "error", error: "The tool failed: its answer has no result for this call." }],
  [{ result: ["a", "b"] }, { outcome: "result", result: ["a", "b"] }],
  [{ result: null }, { outcome: "result", result: null }],
  [{ error: "Contact not found" }, { outcome: "error", error: "Contact not found" }],
  [{ error: { code: 7 } }, { outcome: "error", error: '{"code":7}' }],
  [
    { error: null, result: 1 },
    { outcome: "result", result: 1 },
  ],
  [{ closes: "17:30" }, { outcome: "result", result: { closes: "17:30" } }],
  [{}, { outcome: "result", result: {} }],
  ["plain", { outcome: "result", result: "plain" }],
])("reads %j", (body, result) => {
  expect(readToolAnswer({ outcome: "answered", body }, "t1")).toEqual(result);
});

test.each<[SyncAnswer, string]>([
  [
    { outcome: "timeout", deadlineMs: 10_000 },
    "The tool failed: the webhook did not answer within 10000 ms.",
  ],
  [{ outcome: "http-error", statusCode: 502 }, "The tool failed: the webhook answered with status 502."],
  [{ outcome: "bad-body", problem: "the answer is not JSON" }, "The tool failed: the answer is not JSON."],
  [{ outcome: "skipped", reason: "no-endpoint" }, "The tool failed: no webhook is configured for it."],
  [{ outcome: "aborted" }, "The tool failed: the caller hung up."],
])("tells the model of %j", (answer, error) => {
  expect(readToolAnswer(answer, "t1")).toEqual({ outcome: "error", error });
});
