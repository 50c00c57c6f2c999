import { expect, it } from "vitest";
import { problemAt, problemsOf, withoutProblem } from "./problems.ts";

const problems = problemsOf([
  "llm_config.temperature: must be from 0 to 2",
  "speech_config.end_call_phrases[1]: must have at least 2 letters or digits",
  "tts_config: is required for openai",
  "something went wrong",
]);

it.each([
  ["llm_config.temperature", "must be from 0 to 2"],
  ["speech_config.end_call_phrases", "[1]: must have at least 2 letters or digits"],
  ["tts_config", "is required for openai"],
  ["llm_config.temp", undefined],
  ["", "something went wrong"],
])("finds what is said about %j", (path, message) => {
  expect(problemAt(problems, path)).toBe(message);
});

it("forgets what was said about a field once it is changed", () => {
  const rest = withoutProblem(problems, "speech_config.end_call_phrases");
  expect([...rest.keys()]).toEqual(["llm_config.temperature", "tts_config", ""]);
  expect(withoutProblem(rest, "name")).toBe(rest);
});
