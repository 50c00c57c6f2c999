import { expect, test } from "vitest";
import { MAX_ANSWER_BYTES, readAnswerShape } from "./answer-shape.ts";

const ID = "tool_1";

test.each([
  ["", "good", "the saved assistant answers"],
  ["{}", "good", "the saved assistant answers"],
  ['{"assistant":{"first_message":"Hi"}}', "good", "the answer configures the call (first_message)"],
  ['{"assistant_id":"a1","assistant_override":{}}', "good", "assistant a1 answers"],
  ['{"max_duration_seconds":300}', "good", "the saved assistant answers"],
  ['{"error":"closed"}', "good", "the call is rejected"],
  ['{"first_message":"Hi"}', "doubtful", "first_message would be ignored"],
  ['{"received":true}', "doubtful", "received would be ignored"],
  ['{"assistant":"a1"}', "unusable", "assistant must be an object"],
  ["[]", "unusable", "not a JSON object"],
  ["null", "unusable", "not a JSON object"],
  ["OK", "unusable", "not JSON"],
  ["<html>", "unusable", "not JSON"],
])("assistant-request answered with %s is %s", (body, verdict, meaning) => {
  expect(readAnswerShape("assistant-request", Buffer.from(body), undefined)).toMatchObject({
    verdict,
    meaning: expect.stringContaining(meaning),
  });
});

test.each([
  [`{"results":[{"tool_call_id":"${ID}","result":{"a":1}}]}`, "good", "a result"],
  [
    `{"results":[{"tool_call_id":"x","result":1},{"tool_call_id":"${ID}","result":null}]}`,
    "good",
    "a result",
  ],
  [`{"results":[{"tool_call_id":"${ID}","error":"no"}]}`, "good", "an error"],
  ['{"result":"Ada"}', "good", "a result"],
  ['{"error":"Contact not found"}', "good", "an error"],
  ['{"name":"Ada"}', "good", "the whole object"],
  ["{}", "doubtful", "told nothing"],
  ["", "doubtful", "told nothing"],
  ["[1]", "doubtful", "not a JSON object"],
  ['"Ada"', "doubtful", "not a JSON object"],
  [`{"results":[{"tool_call_id":"${ID}"}]}`, "doubtful", "neither result nor error"],
  [`{"results":[{"toolCallId":"${ID}","result":1}]}`, "doubtful", "old spelling"],
  ['{"results":[{"tool_call_id":"x","result":1}]}', "unusable", "no entry"],
  ['{"results":[null,7]}', "unusable", "no entry"],
  ['{"results":[]}', "unusable", "no entry"],
  ['{"results":{}}', "unusable", "not a list"],
  ["done", "unusable", "not JSON"],
])("tool-calls answered with %s is %s", (body, verdict, meaning) => {
  expect(readAnswerShape("tool-calls", Buffer.from(body), ID)).toMatchObject({
    verdict,
    meaning: expect.stringContaining(meaning),
  });
});

test("bytes that are not UTF-8, and answers that are too long", () => {
  expect(readAnswerShape("tool-calls", Buffer.from([0x22, 0xff, 0x22]), ID).verdict).toBe("unusable");
  const long = Buffer.from(JSON.stringify({ result: "x".repeat(MAX_ANSWER_BYTES) }));
  expect(readAnswerShape("tool-calls", long, ID).verdict).toBe("unusable");
});

test("the answers to the other two are not read", () => {
  expect(readAnswerShape("status-update", Buffer.from("<html>"), undefined).verdict).toBe("good");
});
