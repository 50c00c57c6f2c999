import { expect, test } from "vitest";
import { readAssistantRequestAnswer } from "./assistant-request.ts";

test.each([
  [{}, { mode: "default" }],
  [{ assistant: null }, { mode: "default" }],
  [{ error: null }, { mode: "default" }],
  [{ max_duration_seconds: 300 }, { mode: "default", maxDurationSeconds: 300 }],
  [{ assistant: { first_message: "Hi" } }, { mode: "transient", assistant: { first_message: "Hi" } }],
  [{ agent: { first_message: "Hi" } }, { mode: "transient", assistant: { first_message: "Hi" } }],
  [
    { assistant: {}, max_duration_seconds: 60 },
    { mode: "transient", assistant: {}, maxDurationSeconds: 60 },
  ],
  [
    { assistant_id: "a", assistant_override: { first_message: "Hi" } },
    { mode: "hybrid", assistantId: "a", override: { first_message: "Hi" } },
  ],
  [{ agent_id: "a" }, { mode: "hybrid", assistantId: "a", override: {} }],
  [{ assistant_override: { metadata: 1 } }, { mode: "transient", assistant: { metadata: 1 } }],
  [{ error: "We are closed." }, { mode: "reject", text: "We are closed." }],
  [
    { error: "Closed", assistant: {} },
    { mode: "reject", text: "Closed" },
  ],
])("reads %j", (body, answer) => {
  expect(readAssistantRequestAnswer(body)).toMatchObject(answer);
});

test.each([
  null,
  [],
  "ok",
  1,
  { error: 1 },
  { error: " " },
  { assistant: "x" },
  { assistant: [] },
  { assistant_id: 5 },
  { assistant_id: "a", assistant_override: [] },
  { max_duration_seconds: 0 },
  { max_duration_seconds: 1.5 },
  { max_duration_seconds: "60" },
])("does not understand %j", (body) => {
  expect(readAssistantRequestAnswer(body)).toMatchObject({ mode: "invalid", problem: expect.any(String) });
});
