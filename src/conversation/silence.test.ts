import { expect, test } from "vitest";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { silenceSettingsOf, silenceStep } from "./silence.ts";

const on = (more: AssistantConfiguration = {}) =>
  silenceSettingsOf({
    autonomous_silence_handling: true,
    llm_config: { provider: "openai" },
    ...more,
  })!;

test.each<[AssistantConfiguration]>([
  [{}],
  [{ autonomous_silence_handling: false }],
  [{ speech_config: { silence: { first_check_seconds: 1 } } }],
  // Alone it does nothing: every assistant has it, with 8 as its default.
  [{ silence_timeout_seconds: 8 }],
])("is off without autonomous_silence_handling: %j", (configuration) => {
  expect(silenceSettingsOf(configuration)).toBeUndefined();
});

test("has the documented defaults", () => {
  expect(on()).toEqual({
    firstCheckMs: 3_000,
    intervalMs: 12_000,
    maxAttempts: 3,
    timeoutMs: 8_000,
    messages: [],
    finalMessage: undefined,
  });
});

test.each([
  [0, 3_000, "ask", "One?"],
  [1, 5_000, "ask", "Two?"],
  [2, 5_000, "ask", "One?"],
  [3, 20_000, "hang-up", "Bye."],
  [4, 20_000, "hang-up", "Bye."],
] as const)("after %d messages: in %d ms, %s %s", (attempts, afterMs, action, text) => {
  const settings = on({
    silence_timeout_seconds: 20,
    speech_config: { silence: { messages: ["One?", "Two?"], final_message: "Bye.", interval_seconds: 5 } },
  });
  expect(silenceStep(settings, attempts)).toMatchObject({ afterMs, action, text });
});

test("leaves the words to the model where none are given, and says which attempt it is", () => {
  const step = silenceStep(on(), 1);
  expect(step.text).toBeUndefined();
  expect(step.instructions).toContain("attempt 2 of 3");
  expect(silenceStep(on(), 3)).toMatchObject({ action: "hang-up", text: undefined });
});

test.each([
  [{ silence: { final_message: "Final." }, end_call_message: "End." }, "Final."],
  [{ silence: { final_message: null }, end_call_message: "End." }, "End."],
  [{ silence: { final_message: "" } }, undefined],
])("the last words of %j are %s", (speech_config, text) => {
  expect(on({ speech_config }).finalMessage).toBe(text);
});

test("a script has no words of its own: ours are spoken", () => {
  const settings = on({ llm_config: { provider: "scripted" } });
  expect(silenceStep(settings, 2).text).toMatch(/still there/);
  expect(silenceStep(settings, 3).text).toMatch(/Goodbye/);
});
