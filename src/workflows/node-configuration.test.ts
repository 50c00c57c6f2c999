import { describe, expect, test } from "vitest";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { workflowDefinitionSchema, type WorkflowDefinition } from "./workflow-definition.ts";
import { entryConfiguration, hasOverrides, nodeConfiguration } from "./node-configuration.ts";
import { nodeOf } from "./workflow-graph.ts";

const assistant: AssistantConfiguration = {
  name: "Desk",
  first_message: "Hello from the assistant.",
  webhook_url: "https://a.example",
  llm_config: {
    provider: "openai",
    model: "gpt-5.4",
    temperature: 0.7,
    max_completion_tokens: 100,
    tools: [{ type: "end_call" }],
    messages: [{ role: "system", content: "The assistant's own prompt." }],
  },
  stt_config: { provider: "openai", model: "gpt-4o-mini-transcribe", language: "nl" },
  tts_config: { provider: "openai", model: "gpt-4o-mini-tts", voice_id: "alloy", speed: 1.2 },
};

function withNode(fields: object, entry: object = {}): WorkflowDefinition {
  return workflowDefinitionSchema.parse({
    version: 1,
    entry_node: "talk",
    nodes: [
      { id: "talk", type: "conversation", instructions: "Talk.", ...entry },
      { id: "more", type: "conversation", instructions: "More.", ...fields },
      { id: "bye", type: "end" },
    ],
  });
}

function onNode(fields: object, entry: object = {}): AssistantConfiguration {
  const definition = withNode(fields, entry);
  const node = nodeOf(definition, "more");
  if (node.type !== "conversation") throw new Error("not a conversation");
  return nodeConfiguration(entryConfiguration(assistant, definition), definition, node);
}

const mine = { messages: [{ role: "system", content: "More." }], tools: [] };

describe("on a node", () => {
  test.each<[string, object, object, object]>([
    [
      "nothing of its own",
      {},
      {},
      {
        llm_config: {
          provider: "openai",
          model: "gpt-5.4",
          temperature: 0.7,
          max_completion_tokens: 100,
          ...mine,
        },
        tts_config: assistant.tts_config,
        stt_config: assistant.stt_config,
      },
    ],
    [
      "another model of the same provider",
      { llm_config: { model: "gpt-5-mini", temperature: 0 } },
      {},
      {
        llm_config: {
          provider: "openai",
          model: "gpt-5-mini",
          temperature: 0,
          max_completion_tokens: 100,
          ...mine,
        },
      },
    ],
    [
      "another provider",
      { llm_config: { provider: "mistral" } },
      {},
      { llm_config: { provider: "mistral", ...mine } },
    ],
    [
      "another voice of the same provider",
      { voice: "nova" },
      {},
      { tts_config: { provider: "openai", model: "gpt-4o-mini-tts", voice_id: "nova", speed: 1.2 } },
    ],
    [
      "blocks are replaced, not merged",
      {
        tts_config: { provider: "local", voice_id: "nl" },
        stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
      },
      {},
      {
        tts_config: { provider: "local", voice_id: "nl" },
        stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
      },
    ],
    [
      "the entry node's own count for the whole session",
      {},
      { llm_config: { provider: "mistral", model: "mistral-small-latest" }, voice: "echo" },
      {
        llm_config: { provider: "mistral", model: "mistral-small-latest", ...mine },
        tts_config: { provider: "openai", model: "gpt-4o-mini-tts", voice_id: "echo", speed: 1.2 },
      },
    ],
    ["tools", { tools: [{ type: "end_call" }] }, {}, { llm_config: { tools: [{ type: "end_call" }] } }],
  ])("%s", (_what, node, entry, expected) => {
    const configuration = onNode(node, entry);
    for (const [block, value] of Object.entries(expected)) {
      if (block === "llm_config" && Object.keys(value as object).length === 1)
        expect(configuration[block]).toMatchObject(value as object);
      else expect(configuration[block]).toEqual(value);
    }
    expect(configuration.webhook_url).toBe("https://a.example");
  });
});

test.each<[object, string | null]>([
  [{ first_line: "Hi." }, "Hi."],
  [{ first_line: null }, null],
  [{}, null],
])("the call begins with the entry node's line %j", (entry, first_message) => {
  expect(entryConfiguration(assistant, withNode({}, entry)).first_message).toBe(first_message);
});

test.each<[object, boolean]>([
  [{}, false],
  [{ llm_config: {}, voice: null, tts_config: null }, false],
  [{ first_line: "Hi.", tools: [{ type: "end_call" }] }, false],
  [{ llm_config: { temperature: 0 } }, true],
  [{ voice: "nl" }, true],
  [{ tts_config: { provider: "local", voice_id: "nl" } }, true],
  [{ stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] } }, true],
])("%j is an override: %j", (node, isOne) => {
  expect(hasOverrides(withNode(node))).toBe(isOne);
});
