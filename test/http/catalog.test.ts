import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
});
afterAll(() => two.close());

interface Provider {
  id: string;
  models: string[] | null;
  voices?: string[] | null;
  is_extension: boolean;
  is_configured: boolean;
  refused_settings?: Record<string, string[]>;
}
const catalog = async () => (await two.mine.call("GET", "/catalog")).body.catalog;

/** The least that a provider's block needs besides its model. */
const REST: Record<string, object> = {
  scripted: { script: [], utterances: [] },
  local: { voice_id: "nl" },
};

describe("what the catalog offers can be stored", () => {
  test.each(["llm", "stt", "tts"])("%s: every model and voice", async (kind) => {
    const providers = (await catalog())[kind] as Provider[];
    expect(providers.length).toBeGreaterThan(5);
    for (const { id, models, voices } of providers) {
      for (const model of models ?? [undefined]) {
        for (const voice of kind === "stt" ? [undefined] : (voices ?? [undefined])) {
          const block = {
            provider: id,
            ...(model && { model }),
            ...(kind !== "tts" && !model && { model: "any-model" }),
            ...(kind === "stt" && { language: "nl" }),
            ...(kind === "llm" && voice && { voice }),
            ...(kind === "tts" && { voice_id: voice ?? "free" }),
            ...REST[id],
          };
          const isRealtime = kind === "llm" && /realtime|live/.test(id);
          const body = { name: "x", [`${kind}_config`]: block, ...(isRealtime && { tts_config: null }) };
          const { status, body: answer } = await two.mine.call("POST", "/assistants", body);
          expect(status, JSON.stringify([block, answer.details])).toBe(201);
          expect(answer.assistant[`${kind}_config`]).toEqual(block);
        }
      }
    }
  });
});

test("what it refuses on a model is refused", async () => {
  const elevenlabs = ((await catalog()).tts as Provider[]).find(({ id }) => id === "elevenlabs")!;
  const values: Record<string, unknown> = { use_speaker_boost: true };
  for (const [model, settings] of Object.entries(elevenlabs.refused_settings!)) {
    for (const setting of settings) {
      const tts_config = { provider: "elevenlabs", model, voice_id: "x", [setting]: values[setting] ?? 0.7 };
      expect((await two.mine.call("POST", "/assistants", { name: "x", tts_config })).body.details).toEqual([
        `tts_config.${setting}: is not available on the model ${model}`,
      ]);
    }
  }
});

test("says what this server can run, and marks what is ours", async () => {
  const { llm, tts } = await catalog();
  expect(llm.find(({ id }: Provider) => id === "scripted")).toMatchObject({
    is_extension: true,
    is_configured: true,
  });
  expect(llm.find(({ id }: Provider) => id === "mistral")).toMatchObject({
    is_extension: false,
    is_configured: false,
    byok_secret: ["mistral_secret_id"],
    default_model: "mistral-medium-latest",
  });
  expect(tts.find(({ id }: Provider) => id === "elevenlabs")).toMatchObject({
    aliases: ["11labs"],
    voices: null,
  });
});

test("voices are those that can be spoken with", async () => {
  const { voices } = (await two.mine.call("GET", "/voices")).body;
  expect(voices.length).toBeGreaterThan(100);
  expect(voices).toContainEqual({
    id: "nl",
    name: "Dutch",
    language: "nl",
    description: { en: "Dutch (eSpeak NG)", nl: "Nederlands (eSpeak NG)" },
  });
  for (const { id } of voices) {
    const tts_config = { provider: "local", voice_id: id };
    expect((await two.mine.call("POST", "/assistants", { name: id, tts_config })).status, id).toBe(201);
  }
});

test.each(["klingon", "nl+f3; rm", "x", "n", "+f3"])("%j is no voice of this server", async (voice_id) => {
  const { body } = await two.mine.call("POST", "/assistants", {
    name: "x",
    tts_config: { provider: "local", voice_id },
  });
  expect(body.details).toEqual([
    "tts_config.voice_id: must be a voice of GET /voices, such as en-us, nl or en-us+f3",
  ]);
});

test("old names go in, today's come out", async () => {
  const { body } = await two.mine.call("POST", "/assistants", {
    name: "x",
    tts_config: { provider: "11labs", voice_id: "v" },
    llm_config: {
      provider: "openai",
      model: "gpt-5.4",
      tools: [{ type: "endCall" }, { name: "look", async_response: "One moment", mine: 1 }],
    },
    stt_config: { provider: "deepgram", model: "nova-3", language: "nl" },
  });
  expect(body.assistant).toMatchObject({
    tts_config: { provider: "elevenlabs" },
    llm_config: { tools: [{ type: "end_call" }, { name: "look", message: "One moment", mine: 1 }] },
  });
  expect(JSON.stringify(body)).not.toContain("async_response");
});
