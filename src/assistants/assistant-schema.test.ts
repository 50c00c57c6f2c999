import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { readBy } from "../http/validation.ts";
import type { ScriptRule } from "../speech/llm/script.ts";
import { assistantSchemas, crossFieldProblems } from "./assistant-schema.ts";
import type { AssistantConfiguration } from "./configuration.ts";
import { LLM_CATALOG } from "./catalog/llm-catalog.ts";
import { STT_CATALOG } from "./catalog/stt-catalog.ts";
import { TTS_CATALOG } from "./catalog/tts-catalog.ts";
import { llmSchema } from "./llm-schema.ts";

const options = { acceptsAnyOpenAiModel: false, refuseUrl: () => undefined };
const { create, update, perCall } = assistantSchemas(options);

const text = (length: number) => "x".repeat(length);
const list = (length: number, entry: unknown) => Array.from({ length }, () => entry);

// prettier-ignore
describe("every documented field is accepted and comes back as it went in", () => {
  test.each<[string, object]>([
    ["stt_config", { provider: "deepgram", model: "nova-3-general", language: "multi", keyterms: ["a"], smart_format: true, endpointing: 0, numerals: false, filler_words: true, utterance_end_ms: 5_000, no_delay: true }],
    ["stt_config", { provider: "elevenlabs", model: "scribe_v2_realtime", language: "nl", tag_audio_events: true, include_timestamps: true, sample_rate: 8_000 }],
    ["stt_config", { provider: "gladia", model: "solaria-1", language: "vi", languages: ["nl"], code_switching: true, region: "eu-west", endpointing: 0.01, custom_vocabulary: ["x"], translation_enabled: true, translation_target_languages: ["en"] }],
    ["stt_config", { provider: "mistral", model: "voxtral-mini-latest", language: "fr" }],
    ["stt_config", { provider: "google", model: "chirp_3", language: "en" }],
    ["stt_config", { provider: "openai", model: "whisper-anything", language: "en" }],
    ["stt_config", { provider: "scripted", model: "script-1", language: "en", utterances: ["Hi"] }],
    ["llm_config", { provider: "openai", model: "gpt-4o-mini", temperature: 2, max_completion_tokens: 32_768, messages: [{ role: "system", content: "" }], tools: [{ type: "end_call" }] }],
    ["llm_config", { provider: "xai", model: "grok-4.3", temperature: 0 }],
    ["llm_config", { provider: "mistral", model: "ministral-3b-latest" }],
    ["llm_config", { provider: "google", model: "gemini-2.5-flash", max_completion_tokens: 1 }],
    ["llm_config", { provider: "google_realtime", model: "gemini-3.8-live", voice: "Zephyr", vertexai: true, location: "eu", max_output_tokens: 9, analysis_model: "x" }],
    ["llm_config", { provider: "xai_realtime", model: "grok-voice-think-fast-2.0", voice: "zenith", turn_detection: { threshold: 0.5, idle_timeout_ms: 0 }, reasoning_effort: "high", speed: 1.5, transcription: { language_hint: "nl", keyterms: [text(50)] }, provider_tools: [{ type: "web_search" }, { type: "x_search", allowed_x_handles: ["a"] }, { type: "file_search", vector_store_ids: ["v"], max_num_results: 50 }] }],
    ["llm_config", { provider: "openai_live", model: "gpt-live-1", voice: "vesper", delegation: { model: "gpt-5.6-luna", instructions: "Think" } }],
    ["llm_config", { provider: "scripted", model: "script-1", script: [{ on: "user", match: "hi|hey", say: "Hello" }, { on: "tool", match: "(not a pattern", tool: { name: "a", arguments: { b: 1 } } }, { on: "user", match: "bye", end: true }] }],
    ["tts_config", { provider: "elevenlabs", model: "eleven_turbo_v2_5", voice_id: "any", stability: 0, similarity_boost: 1, style: 0.5, use_speaker_boost: true, speed: 0.5, apply_text_normalization: "auto", apply_language_text_normalization: true, language: "nl" }],
    ["tts_config", { provider: "elevenlabs", model: "eleven_v4", voice_id: "any", stability: 1, apply_text_normalization: "off" }],
    ["tts_config", { provider: "inworld", model: "inworld-tts-1.5-mini", voice_id: "any", language: "en", speed: 2 }],
    ["tts_config", { provider: "google", model: "chirp-3-hd", voice_id: "Kore", instructions: "Warm", language: "nl", speaking_rate: 0.25 }],
    ["tts_config", { provider: "xai", voice_id: "ara", language: "nl" }],
    ["tts_config", { provider: "voicedock", model: "voicedock-1", voice_id: "voicedock" }],
    ["tts_config", { provider: "openai", model: "any", voice_id: "alloy" }],
    ["tts_config", { provider: "local", voice_id: "en-us" }],
    ["speech_config", { turn_taking: { endpointing_min_delay: 0.1, endpointing_max_delay: 5, interruption_min_duration: 0.05, interruption_min_words: 0, false_interruption_timeout: null }, pronunciation: [{ from: "a", to: "" }], background_audio: { enabled: true, clip: "forest", volume: 0.05 }, silence: { messages: [text(300)], final_message: null, first_check_seconds: 1, interval_seconds: 3, max_attempts: 10 }, end_call_message: null, first_message_outbound: text(300), end_call_phrases: ["ok"] }],
    ["analysis_plan", { structured_data_plan: { enabled: true, schema: { type: "object" }, messages: [{ role: "user", content: "{{transcript}}" }] }, min_messages_threshold: 0 }],
  ])("%s %j", (field, block) => {
    const value = { name: "x", [field]: { ...block, x_unknown: [1] } };
    expect(readBy(create, value)).toEqual({ outcome: "ok", value });
    expect(readBy(update, value)).toEqual({ outcome: "ok", value });
    expect(readBy(perCall, value)).toEqual({ outcome: "ok", value });
  });
});

// prettier-ignore
describe("what is out of range is refused by name", () => {
  const stt = { provider: "deepgram", model: "nova-3", language: "nl" };
  const gladia = { provider: "gladia", model: "solaria-1", language: "nl" };
  const llm = { provider: "openai", model: "gpt-5.4" };
  const xaiRealtime = { provider: "xai_realtime", model: "grok-voice-think-fast-2.0" };
  const eleven = { provider: "elevenlabs", voice_id: "v" };
  const script = (rule: object) => ({ provider: "scripted", model: "script-1", script: [rule] });
  test.each<[string, object, string]>([
    ["stt_config", {}, ".provider: is required: one of deepgram, elevenlabs, gladia"],
    ["stt_config", { ...stt, language: "xx" }, '.language: must be one of multi, nl, en'],
    ["stt_config", { ...stt, model: "nova-2" }, '.model: must be one of nova-3, nova-3-general, got "nova-2"'],
    ["stt_config", { ...stt, endpointing: 5_001 }, ".endpointing: must be from 0 to 5000, got 5001"],
    ["stt_config", { ...stt, endpointing: 0.5 }, ".endpointing: must be a whole number, got 0.5"],
    ["stt_config", { ...stt, keyterms: "x" }, ".keyterms: must be a list, got a text"],
    ["stt_config", { ...stt, utterance_end_ms: 999 }, ".utterance_end_ms: must be from 1000 to 5000, got 999"],
    ["stt_config", { ...gladia, endpointing: 300 }, ".endpointing: must be from 0.01 to 1, got 300"],
    ["stt_config", { ...gladia, region: "asia" }, '.region: must be one of eu-west, us-west, got "asia"'],
    ["stt_config", { provider: "scripted", model: "script-1", language: "en" }, ".utterances: is required"],
    ["llm_config", { provider: "anthropic", model: "x" }, '.provider: must be one of openai, xai, mistral, google'],
    ["llm_config", { provider: "__proto__", model: "x" }, ".provider: must be one of openai"],
    ["llm_config", { provider: "openai" }, ".model: is required: one of gpt-5.4"],
    ["llm_config", { ...llm, model: "gpt-1" }, '.model: must be one of gpt-5.4'],
    ["llm_config", { ...llm, temperature: -0.1 }, ".temperature: must be from 0 to 2, got -0.1"],
    ["llm_config", { ...llm, max_completion_tokens: 0 }, ".max_completion_tokens: must be from 1 to 32768, got 0"],
    ["llm_config", { ...llm, messages: [{ role: "tool", content: "x" }] }, ".messages[0].role: must be one of system, user"],
    ["llm_config", { ...llm, tools: [{}, { name: "no good" }] }, ".tools[1].name: must begin with a letter"],
    ["llm_config", { ...llm, tools: "x" }, ".tools: must be a list"],
    ["llm_config", { provider: "google_realtime", model: "gemini-3.8-live", voice: "Nobody" }, ".voice: must be one of Puck, Achernar"],
    ["llm_config", { ...xaiRealtime, speed: 2 }, ".speed: must be from 0.7 to 1.5, got 2"],
    ["llm_config", { ...xaiRealtime, reasoning_effort: "low" }, '.reasoning_effort: must be one of none, high, got "low"'],
    ["llm_config", { ...xaiRealtime, turn_detection: { threshold: "x" } }, ".turn_detection.threshold: must be a number"],
    ["llm_config", { ...xaiRealtime, transcription: { keyterms: [text(51)] } }, ".transcription.keyterms[0]: must have at most 50"],
    ["llm_config", { ...xaiRealtime, transcription: { keyterms: list(101, "x") } }, ".transcription.keyterms: must have at most 100 entries, got 101"],
    ["llm_config", { ...xaiRealtime, provider_tools: [{ type: "file_search" }] }, ".provider_tools[0].vector_store_ids: is required"],
    ["llm_config", { ...xaiRealtime, provider_tools: [{ type: "sms" }] }, ".provider_tools[0].type: must be one of web_search"],
    ["llm_config", { provider: "openai_live", model: "gpt-live-1", delegation: { model: "gpt-5.4" } }, ".delegation.model: must be gpt-5.6-luna"],
    ["llm_config", { provider: "scripted", model: "script-1" }, ".script: is required"],
    ["llm_config", script({ on: "user", match: "(", say: "x" }), ".script[0].match: must be a regular expression"],
    ["llm_config", script({ on: "user", match: "x" }), ".script[0]: must have say, tool or end: true"],
    ["tts_config", { provider: "elevenlabs" }, ".voice_id: is required"],
    ["tts_config", { ...eleven, stability: 1.1 }, ".stability: must be from 0 to 1, got 1.1"],
    ["tts_config", { ...eleven, model: "eleven_v3", speed: 1 }, ".speed: is not available on the model eleven_v3"],
    ["tts_config", { ...eleven, model: "eleven_v4", style: 0 }, ".style: is not available on the model eleven_v4"],
    ["tts_config", { provider: "xai", voice_id: "Kore" }, ".voice_id: must be one of ara, eve"],
    ["tts_config", { provider: "google", voice_id: "ara" }, ".voice_id: must be one of Kore, Achernar"],
    ["tts_config", { provider: "local", voice_id: "en --output" }, ".voice_id: must be a voice of GET /voices"],
    ["speech_config", { turn_taking: { endpointing_min_delay: 3, endpointing_max_delay: 1 } }, ".turn_taking.endpointing_max_delay: must be at least endpointing_min_delay"],
    ["speech_config", { turn_taking: { interruption_min_words: 11 } }, ".turn_taking.interruption_min_words: must be from 0 to 10, got 11"],
    ["speech_config", { pronunciation: list(51, { from: "a", to: "b" }) }, ".pronunciation: must have at most 50 entries, got 51"],
    ["speech_config", { background_audio: { clip: "sea" } }, '.background_audio.clip: must be one of office, city, forest, crowded_room, got "sea"'],
    ["speech_config", { silence: { messages: list(6, "x") } }, ".silence.messages: must have at most 5 entries, got 6"],
    ["speech_config", { silence: { interval_seconds: 2 } }, ".silence.interval_seconds: must be from 3 to 120, got 2"],
    ["speech_config", { end_call_phrases: ["?!a"] }, ".end_call_phrases[0]: must have at least 2 letters or digits"],
    ["speech_config", { end_call_message: text(301) }, ".end_call_message: must have at most 300 characters, got 301"],
    ["analysis_plan", { structured_data_plan: { schema: [] } }, ".structured_data_plan.schema: must be an object, got a list"],
    ["analysis_plan", { min_messages_threshold: -1 }, ".min_messages_threshold: must be at least 0, got -1"],
  ])("%s %j", (field, block, problem) => {
    const reading = readBy(create, { name: "x", [field]: block });
    expect(reading.outcome).toBe("invalid");
    const problems = reading.outcome === "invalid" ? reading.problems.join("\n") : "";
    expect(problems).toContain(`${field}${problem}`);
  });
});

describe("rules between blocks (facts 4.0)", () => {
  const [stt, tts] = [{ provider: "deepgram" }, { provider: "xai" }];
  test.each<[AssistantConfiguration, string[]]>([
    [{}, ["llm_config: is required"]],
    [{ llm_config: { provider: "openai" }, stt_config: stt, tts_config: tts }, []],
    [
      { llm_config: { provider: "openai" }, tts_config: null },
      ["tts_config: is required for openai", "stt_config: is required for openai"],
    ],
    [{ llm_config: { provider: "xai_realtime" } }, []],
    [{ llm_config: { provider: "xai_realtime" }, stt_config: stt, tts_config: null }, []],
    [
      { llm_config: { provider: "xai_realtime" }, tts_config: tts },
      ["tts_config: must be null for xai_realtime, whose voice is llm_config.voice"],
    ],
  ])("%j", (configuration, problems) => {
    expect(crossFieldProblems(configuration)).toEqual(problems);
  });
});

test("custom fields stay on a call's configuration, and nowhere else (facts 1.5)", () => {
  const value = { first_message: "Hi", metadata: { crm: 7 }, crm_id: "7" };
  expect(readBy(perCall, value)).toEqual({ outcome: "ok", value });
  expect(readBy(update, value)).toEqual({
    outcome: "ok",
    value: { first_message: "Hi", metadata: { crm: 7 } },
  });
});

test("the catalog and the schemas name the same providers", () => {
  const { properties } = z.toJSONSchema(create, { io: "input" });
  const providersOf = (field: string) =>
    JSON.stringify(properties?.[field])
      .match(/"provider":\{[^}]*\}/g)
      ?.join("") ?? "";
  for (const [field, catalog] of [
    ["llm_config", LLM_CATALOG],
    ["stt_config", STT_CATALOG],
    ["tts_config", TTS_CATALOG],
  ] as const) {
    for (const provider of Object.keys(catalog)) expect(providersOf(field)).toContain(`"${provider}"`);
  }
});

test("a stored script is one that speech/llm/script.ts can play", () => {
  type Script = Extract<z.output<ReturnType<typeof llmSchema>>, { provider: "scripted" }>["script"];
  expectTypeOf<Script>().toExtend<ScriptRule[]>();
});

describe("recording, an extension", () => {
  test.each([null, { enabled: true }, { enabled: false }])("%j is taken, also for one call", (recording) => {
    expect(create.parse({ name: "x", recording })).toMatchObject({ recording });
    expect(perCall.parse({ recording })).toEqual({ recording });
  });

  test.each([true, {}, { enabled: "yes" }, { enabled: true, format: "mp3" }])(
    "%j is refused",
    (recording) => {
      expect(update.safeParse({ recording }).success).toBe(false);
    },
  );
});
