import { describe, expect, it } from "vitest";
import { isRealtime, settingsOf, withProvider, type Catalog } from "./provider-block.ts";

const provider = (id: string, rest: object = {}) => ({
  id,
  models: [`${id}-1`],
  legacy_models: [],
  byok_secret: [],
  aliases: [],
  is_extension: false,
  ...rest,
});
const block = (id: string, properties: object) => ({
  type: "object",
  properties: { provider: { const: id }, model: { type: "string" }, ...properties },
});
const temperature = { type: "number", minimum: 0, maximum: 2 };

const catalog = {
  llm: [
    provider("plain", { kind: "text" }),
    provider("spoken", { kind: "realtime", voices: ["ara", "eve"] }),
    provider("script", { kind: "text" }),
  ],
  stt: [provider("fast"), provider("slow")],
  tts: [provider("named", { aliases: ["old-name"], voices: null })],
  params: { llm: { temperature: { min: 0, max: 2, default: 0.7 } } },
  schemas: {
    llm: {
      oneOf: [
        block("plain", {
          temperature,
          messages: {},
          tools: {},
          max_completion_tokens: { type: "integer", minimum: 1 },
        }),
        block("spoken", {
          temperature,
          messages: {},
          tools: {},
          voice: { type: "string", enum: ["ara", "eve"] },
          reasoning_effort: { type: "string", enum: ["none", "high"] },
          transcription: {
            anyOf: [
              {
                type: "object",
                properties: {
                  language_hint: { type: ["string", "null"] },
                  keyterms: { type: "array", items: { type: "string" } },
                },
              },
              { type: "null" },
            ],
          },
          provider_tools: { type: "array", items: { oneOf: [] } },
        }),
        block("script", { messages: {}, tools: {}, script: { type: "array", items: {} } }),
      ],
    },
    stt: {
      oneOf: [
        block("fast", { language: {}, endpointing: { type: "integer", minimum: 0, maximum: 5000 } }),
        block("slow", { language: {}, endpointing: { type: "number", minimum: 0.01, maximum: 1 } }),
      ],
    },
    tts: {
      oneOf: [
        {
          type: "object",
          properties: { provider: { enum: ["named", "old-name"] }, voice_id: {}, speed: temperature },
        },
      ],
    },
  },
} as unknown as Catalog;

describe("settingsOf", () => {
  it("leaves out what the form has in places of its own, and knows ranges and defaults", () => {
    expect(settingsOf(catalog, "llm", "plain")).toEqual([
      { name: "temperature", kind: "number", isWhole: false, min: 0, max: 2, default: 0.7 },
      { name: "max_completion_tokens", kind: "number", isWhole: true, min: 1 },
    ]);
  });

  it("reads choices, groups within null, and says which shapes only JSON can show", () => {
    expect(settingsOf(catalog, "llm", "spoken").slice(1)).toEqual([
      { name: "reasoning_effort", kind: "choice", choices: ["none", "high"], isNumeric: false },
      {
        name: "transcription",
        kind: "group",
        settings: [
          { name: "language_hint", kind: "text" },
          { name: "keyterms", kind: "texts" },
        ],
      },
      { name: "provider_tools", kind: "json" },
    ]);
  });

  it("finds a provider by its old name", () => {
    expect(settingsOf(catalog, "tts", "old-name").map(({ name }) => name)).toEqual(["speed"]);
  });
});

describe("withProvider", () => {
  const messages = [{ role: "system", content: "Be brief." }];

  it("keeps what both know and what neither knows, and drops what only the old one knew", () => {
    const before = {
      provider: "spoken",
      model: "spoken-1",
      voice: "eve",
      reasoning_effort: "high",
      temperature: 0.2,
      messages,
      house_rule: { kept: true },
    };
    expect(withProvider(catalog, "llm", before, "plain")).toEqual({
      provider: "plain",
      model: "plain-1",
      temperature: 0.2,
      messages,
      house_rule: { kept: true },
    });
  });

  it("gives a provider what it cannot do without", () => {
    expect(withProvider(catalog, "llm", { provider: "plain", messages }, "script")).toMatchObject({
      script: [],
      messages,
    });
    expect(withProvider(catalog, "llm", undefined, "spoken")).toMatchObject({ voice: "ara" });
  });

  it("drops a value that is out of the other one's range", () => {
    expect(
      withProvider(catalog, "stt", { provider: "fast", language: "nl", endpointing: 300 }, "slow"),
    ).toEqual({
      provider: "slow",
      model: "slow-1",
      language: "nl",
    });
  });
});

it("knows models that speak by themselves", () => {
  expect(isRealtime(catalog, { provider: "spoken" })).toBe(true);
  expect(isRealtime(catalog, { provider: "plain" })).toBe(false);
  expect(isRealtime(catalog, undefined)).toBe(false);
});
