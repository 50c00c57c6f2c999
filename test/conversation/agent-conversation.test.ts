import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { systemClock } from "../../src/clock.ts";
import { createStartConversation, prepareConversations } from "../../src/conversation/agent-conversation.ts";
import type {
  Conversation,
  ConversationActivity,
  ExternalTool,
  ToolCall,
  ToolCallResult,
  TranscriptMessage,
} from "../../src/conversation/conversation.ts";
import { createSpeakText } from "../../src/conversation/speak-text.ts";
import { createLogger } from "../../src/logger.ts";
import { createProviders, type Providers } from "../../src/speech/providers.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { createFakeMedia, isLoud, type FakeMedia } from "../harness/fake-media.ts";

const logger = createLogger({ level: "silent" });
let espeak: Espeak;
let providers: Providers;
let media: FakeMedia;
let messages: TranscriptMessage[];
let activities: ConversationActivity["type"][];
let toolCalls: ToolCall[];
let runTool: (toolCall: ToolCall, signal: AbortSignal) => Promise<ToolCallResult>;
const running: Conversation[] = [];

beforeAll(() => {
  prepareConversations();
  espeak = createEspeak();
  providers = createProviders({
    clock: systemClock,
    espeak,
    settings: { openai: { apiKey: undefined, baseUrl: "https://api.openai.com/v1", isOwnServer: false } },
  });
});
afterAll(() => espeak.stop());
beforeEach(() => {
  media = createFakeMedia();
  messages = [];
  activities = [];
  toolCalls = [];
  runTool = () => Promise.resolve({ outcome: "result", result: { closes: "17:30" } });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((conversation) => conversation.stop()));
  media.close();
});

const configuration: AssistantConfiguration = {
  first_message: "Hello, how can I help?",
  tts_config: { provider: "local", voice_id: "en" },
  stt_config: { provider: "scripted", utterances: ["When do you close?", "Thank you, bye."] },
  llm_config: {
    provider: "scripted",
    messages: [{ role: "system", content: "Be brief." }],
    tools: [
      { name: "opening_hours", parameters: { type: "object", properties: { day: { type: "string" } } } },
    ],
    script: [
      { on: "user", match: "close", tool: { name: "opening_hours", arguments: { day: "today" } } },
      { on: "tool", match: "opening_hours", say: "We close at {{result.closes}}.{{error}}" },
      { on: "user", match: "bye", say: "Goodbye!", end: true },
    ],
  },
};

async function start(
  more: AssistantConfiguration = {},
  externalTools: ExternalTool[] = [],
): Promise<Conversation> {
  const speakText = createSpeakText(providers);
  const result = await createStartConversation({ providers, speakText, clock: systemClock, logger })({
    callId: "call",
    configuration: { ...configuration, ...more },
    media,
    externalTools,
    runTool: (toolCall, signal) => {
      toolCalls.push(toolCall);
      return runTool(toolCall, signal);
    },
    events: {
      onMessage: (message) => messages.push(message),
      onActivity: ({ type }) => activities.push(type),
    },
  });
  if (result.outcome === "failed") throw new Error(result.error);
  running.push(result.conversation);
  return result.conversation;
}

async function speech(text: string): Promise<Int16Array> {
  const { samples, sampleRateHz } = await espeak.synthesize(text, "en-us");
  return toTelephoneRate(samples, sampleRateHz);
}

test("greets, listens, calls the tool, answers with its result, says goodbye and hangs up", async () => {
  const conversation = await start();
  await media.untilQuiet(300);
  const greetingMs = media.heard.filter(isLoud).length * 20;
  expect(greetingMs).toBeGreaterThan(700);
  expect(greetingMs).toBeLessThan(2_500);

  media.speak(await speech("When do you close?"));
  await media.untilQuiet(600);
  expect(toolCalls).toMatchObject([{ arguments: { day: "today" }, tool: { name: "opening_hours" } }]);

  media.speak(await speech("Thank you, good bye."));
  expect(await conversation.ended).toEqual({ reason: "assistant-hangup" });
  expect(media.queuedSamples).toBe(0);
  expect(conversation.messages()).toEqual([
    { role: "system", content: "Be brief." },
    { role: "assistant", content: "Hello, how can I help?" },
    { role: "user", content: "When do you close?" },
    { role: "assistant", content: "We close at 17:30." },
    { role: "user", content: "Thank you, bye." },
    { role: "assistant", content: "Goodbye!" },
  ]);
});

test("tells the model when a tool fails", async () => {
  runTool = () => Promise.resolve({ outcome: "error", error: " Sorry, no answer." });
  await start({ first_message: null });
  media.speak(await speech("When do you close?"));
  await media.untilQuiet(500);
  expect(messages.at(-1)?.content).toContain("no answer");
});

test("calls a tool of an MCP server; one whose name is taken is left out", async () => {
  const asked: unknown[] = [];
  const answering = (result: string): ExternalTool => ({
    name: result === "never" ? "opening_hours" : "find_order",
    description: "",
    parameters: { type: "object", properties: { number: { type: "string" } } },
    run: (args) => {
      asked.push(args);
      return Promise.resolve({ outcome: "result", result });
    },
  });
  const script = [
    { on: "user", match: "close", tool: { name: "find_order", arguments: { number: "7" } } },
    { on: "tool", match: "find_order", say: "It says: {{result}}." },
  ];
  const llm_config = { ...configuration.llm_config!, script };
  await start({ first_message: null, llm_config }, [answering("never"), answering("on its way")]);
  media.speak(await speech("When do you close?"));
  await media.untilQuiet(500);
  expect(asked).toEqual([{ number: "7" }]);
  expect(messages.at(-1)?.content).toBe("It says: on its way.");
});

test("stops speaking within 200 ms of recognised speech", async () => {
  await start({ first_message: "This is a very long greeting. ".repeat(8) });
  await media.untilLoud();
  await new Promise((resolve) => setTimeout(resolve, 600));
  media.speak(await speech("Stop stop stop, listen to me please, will you stop now?"));
  let recognisedAtMs = 0;
  while (!activities.includes("caller-speaking")) await new Promise((resolve) => setTimeout(resolve, 5));
  recognisedAtMs = performance.now();
  // Held at first, for it may be a cough; what was said is dropped when there are words. On a machine that stood still it
  // may be held by now.
  await media.untilQuiet(200, "last-sound");
  // Speech is recognised as such by interruption_min_duration (300 ms here by default) of voice.
  expect(performance.now() - recognisedAtMs).toBeLessThan(200 + 300 + 200);
});

test("ends at its maximum duration", async () => {
  const conversation = await start({ max_duration_seconds: 1 });
  expect(await conversation.ended).toEqual({ reason: "max-duration" });
});

test("stops at once and silently", async () => {
  const conversation = await start();
  await media.untilLoud();
  const startedMs = performance.now();
  await conversation.stop();
  expect(performance.now() - startedMs).toBeLessThan(2_100);
  expect(media.queuedSamples).toBe(0);
  expect(await conversation.ended).toEqual({ reason: "stopped" });
});

test.each([
  [{ stt_config: { provider: "deepgram", model: "nova-3" } }, "STT connection failed"],
  [{ llm_config: { provider: "openai", model: "gpt-5.4" } }, "LLM connection failed"],
  [{ tts_config: { provider: "elevenlabs", voice_id: "x" } }, "TTS connection failed"],
])("says which provider is missing: %j", async (more, error) => {
  await expect(start(more)).rejects.toThrow(error);
});

test("speaks a text alone, in the built-in voice where the configured one is missing", async () => {
  const speakText = createSpeakText(providers);
  const spoken = await speakText({
    text: "We are closed.",
    configuration: { tts_config: { provider: "elevenlabs", voice_id: "x" } },
    media,
    signal: new AbortController().signal,
  });
  expect(spoken).toEqual({ outcome: "spoken" });
  expect(media.heard.filter(isLoud).length).toBeGreaterThan(20);
});
