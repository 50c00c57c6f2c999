import { expect, test } from "vitest";
import { echoOf, overlay } from "./assistant-merge.ts";

const saved = {
  name: "Desk",
  first_message: "Hello",
  llm_config: { provider: "openai", model: "gpt-5.4", temperature: 0.2 },
  max_duration_seconds: 600,
};

test.each([
  ["nothing", saved, {}, undefined, saved],
  ["one text", saved, { first_message: "Hi Ada" }, undefined, { ...saved, first_message: "Hi Ada" }],
  ["an explicit null", saved, { first_message: null }, undefined, { ...saved, first_message: null }],
  [
    "a block, entirely",
    saved,
    { llm_config: { provider: "xai", model: "grok-4.3" } },
    undefined,
    { ...saved, llm_config: { provider: "xai", model: "grok-4.3" } },
  ],
  [
    "metadata and custom fields",
    saved,
    { metadata: { a: 1 }, crm: 7 },
    undefined,
    { ...saved, metadata: { a: 1 }, crm: 7 },
  ],
  ["the duration on top", saved, { max_duration_seconds: 60 }, 30, { ...saved, max_duration_seconds: 30 }],
  [
    "everything, where nothing is saved",
    undefined,
    { first_message: "Hi" },
    undefined,
    { first_message: "Hi" },
  ],
])("overlays %s", (_sentence, base, change, duration, result) => {
  expect(overlay(base, change, duration)).toEqual(result);
});

test("echoes everything but secrets", () => {
  const configuration = {
    ...saved,
    webhook_secret: "s1",
    metadata: { crm_id: 7 },
    llm_config: {
      ...saved.llm_config,
      tools: [{ name: "a", server: { url: "https://a.example", secret: "s2" } }, { name: "b" }],
    },
  };
  const echo = echoOf(configuration, "id-1");
  expect(echo).toMatchObject({
    id: "id-1",
    metadata: { crm_id: 7 },
    llm_config: { tools: [{ server: { url: "https://a.example" } }, { name: "b" }] },
  });
  expect(JSON.stringify(echo)).not.toMatch(/s1|s2|secret/);
});
