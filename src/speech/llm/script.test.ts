import { expect, test } from "vitest";
import { nextStep, type ScriptInput, type ScriptRule } from "./script.ts";

const script: ScriptRule[] = [
  { on: "user", match: "open|close", tool: { name: "opening_hours", arguments: { day: "friday" } } },
  { on: "tool", match: "opening_hours", say: "We close at {{result.closes}}.{{error}}" },
  { on: "user", match: "bad(", say: "never" },
  { on: "user", match: "^bye$", say: "Goodbye!", end: true },
  { on: "user", match: "^hold$", say: "One moment.", tool: { name: "wait" } },
  { on: "tool", match: "other", say: "{{result}} {{result.a.b}} {{nothing}}|" },
  { on: "digits", match: "^1$", say: "You pressed {{digits}}." },
  {
    on: "digits",
    match: "#$",
    tool: { name: "find_order", arguments: { number: "{{digits}}", tries: 2 } },
  },
  { on: "node", match: "answer", say: "It is {{result.status}}.{{error}}" },
];
const none = { say: undefined, tool: undefined, isEnd: false };

test.each<[ScriptInput, object]>([
  [
    { on: "user", text: "When do you CLOSE?" },
    { ...none, tool: { name: "opening_hours", arguments: { day: "friday" } } },
  ],
  [
    { on: "digits", digits: "1" },
    { ...none, say: "You pressed 1." },
  ],
  [
    { on: "digits", digits: "472#" },
    { ...none, tool: { name: "find_order", arguments: { number: "472#", tries: 2 } } },
  ],
  [
    { on: "user", text: "bye" },
    { ...none, say: "Goodbye!", isEnd: true },
  ],
  [
    { on: "user", text: "hold" },
    { ...none, say: "One moment.", tool: { name: "wait", arguments: {} } },
  ],
  [
    { on: "user", text: "bad(" },
    { ...none, say: "I am a scripted assistant, and I have no line for that." },
  ],
  [
    { on: "tool", name: "opening_hours", outcome: { result: { closes: "17:30" } } },
    { ...none, say: "We close at 17:30." },
  ],
  [
    { on: "tool", name: "opening_hours", outcome: { error: " Sorry." } },
    { ...none, say: "We close at . Sorry." },
  ],
  [
    { on: "tool", name: "other", outcome: { result: { a: { b: 7 } } } },
    { ...none, say: '{"a":{"b":7}} 7 |' },
  ],
  [
    { on: "tool", name: "unknown", outcome: { error: "no answer" } },
    { ...none, say: "That did not work: no answer" },
  ],
  [
    { on: "tool", name: "unknown", outcome: { result: "42" } },
    { ...none, say: "42" },
  ],
  [
    { on: "node", name: "answer", outcome: { result: { status: "sent" } } },
    { ...none, say: "It is sent." },
  ],
  [{ on: "node", name: "other", outcome: {} }, none],
])("%j", (input, step) => {
  expect(nextStep(script, input)).toEqual(step);
});

test("a rule whose tool is not offered does not apply", () => {
  const rules: ScriptRule[] = [
    { on: "user", match: "yes", tool: { name: "go_to_order" } },
    { on: "user", match: "yes", say: "Then that is settled." },
  ];
  const input = { on: "user", text: "yes" } as const;
  expect(nextStep(rules, input, new Set(["go_to_order"])).tool?.name).toBe("go_to_order");
  expect(nextStep(rules, input, new Set())).toEqual({ ...none, say: "Then that is settled." });
});
