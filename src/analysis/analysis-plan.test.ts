import { expect, test } from "vitest";
import { analysisPlanOf, askForAnalysis } from "./analysis-plan.ts";

const schema = { type: "object", properties: { rating: { type: "integer" } } };
const call = {
  messages: [
    { role: "system", content: "Be brief." },
    { role: "assistant", content: "Hello." },
    { role: "user", content: "Is {{schema}} open?" },
  ],
  endedReason: "user_hangup",
} as const;
const TRANSCRIPT = "assistant: Hello.\nuser: Is {{schema}} open?";

test.each([
  ["no plan", {}, undefined],
  ["null", { analysis_plan: null }, undefined],
  ["a plan of nothing", { analysis_plan: {} }, undefined],
  ["one that is off", { analysis_plan: { structured_data_plan: { enabled: false, schema } } }, undefined],
  [
    "GDPR mode",
    { gdpr_mode: true, analysis_plan: { structured_data_plan: { enabled: true, schema } } },
    undefined,
  ],
  [
    "the least",
    { analysis_plan: { structured_data_plan: { enabled: true, schema: null, messages: null } } },
    { schema: undefined, prompt: [], leastMessages: 2 },
  ],
  [
    "all of it",
    {
      analysis_plan: {
        structured_data_plan: {
          enabled: true,
          schema,
          messages: [{ role: "user" as const, content: "Rate it." }],
        },
        min_messages_threshold: 0,
      },
    },
    { schema, prompt: [{ role: "user", content: "Rate it." }], leastMessages: 0 },
  ],
])("%s", (_name, configuration, plan) => {
  expect(analysisPlanOf(configuration)).toEqual(plan);
});

test("without a prompt of its own: ours, the schema, and what was said", () => {
  const asked = askForAnalysis({ schema, prompt: [], leastMessages: 2 }, call);
  expect(asked.map(({ role }) => role)).toEqual(["system", "system", "user"]);
  expect(asked[0]!.content).toContain("ended because of: user_hangup");
  expect(asked[1]!.content).toContain(JSON.stringify(schema));
  // What a caller says is no template.
  expect(asked[2]!.content).toBe(`The transcript:\n${TRANSCRIPT}`);
});

test.each([
  [
    "places of all",
    "{{transcript}} {{ schema }} {{ended_reason}}",
    [`${TRANSCRIPT} ${JSON.stringify(schema)} user_hangup`],
  ],
  [
    "no place of the transcript",
    "Schema: {{schema}}",
    [`Schema: ${JSON.stringify(schema)}`, `The transcript:\n${TRANSCRIPT}`],
  ],
  [
    "other braces",
    "{{name}} {{transcript}} {{schema}}",
    [`{{name}} ${TRANSCRIPT} ${JSON.stringify(schema)}`],
  ],
])("a prompt with %s", (_name, content, expected) => {
  const asked = askForAnalysis({ schema, prompt: [{ role: "user", content }], leastMessages: 2 }, call);
  expect(asked.map((message) => message.content)).toEqual(expected);
});

test("without a schema any object will do", () => {
  const asked = askForAnalysis({ schema: undefined, prompt: [], leastMessages: 2 }, call);
  expect(asked[1]!.content).toBe("Answer with one JSON object, and with nothing else.");
});
