import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { systemClock } from "../../src/clock.ts";
import { createStartConversation, prepareConversations } from "../../src/conversation/agent-conversation.ts";
import type { Conversation, ToolCall, TranscriptMessage } from "../../src/conversation/conversation.ts";
import { createSpeakText } from "../../src/conversation/speak-text.ts";
import { createLogger } from "../../src/logger.ts";
import { createProviders } from "../../src/speech/providers.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { createFakeMedia, isLoud, type FakeMedia } from "../harness/fake-media.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";

const logger = createLogger({ level: "silent" });
const APOLOGY = "I'm sorry, something went wrong on our side. Please call back later.";
let espeak: Espeak;
let question: Int16Array;

beforeAll(async () => {
  prepareConversations();
  espeak = createEspeak();
  const { samples, sampleRateHz } = await espeak.synthesize("When do you close?", "en-us");
  question = toTelephoneRate(samples, sampleRateHz);
});
afterAll(() => espeak.stop());

/** One call with providers of its own: these tests wait for speech in real time, so they run side by side. */
interface Scene {
  server: OpenAiServer;
  media: FakeMedia;
  messages: TranscriptMessage[];
  toolCalls: ToolCall[];
  start(more: AssistantConfiguration, baseUrl?: string): Promise<Conversation>;
  heardMs(): number;
}

const PATIENCE = { headWithinMs: 1_500, partWithinMs: 1_000, retryAfterMs: 50 };

const scripted: AssistantConfiguration = {
  tts_config: { provider: "local", voice_id: "en" },
  stt_config: { provider: "scripted", utterances: ["When do you close?", "And on Sunday?"] },
  llm_config: { provider: "scripted", script: [{ on: "user", match: ".*", say: "At five." }] },
};
const openai = {
  stt: { stt_config: { provider: "openai", model: "whisper-1", language: "en" } },
  tts: { tts_config: { provider: "openai", model: "tts-1", voice_id: "alloy" } },
  llm: {
    llm_config: {
      provider: "openai",
      model: "test",
      messages: [{ role: "system", content: "Be brief." }],
      tools: [
        { name: "opening_hours", description: "hours", parameters: { type: "object", properties: {} } },
      ],
    },
  },
};

async function inScene(play: (scene: Scene) => Promise<void>): Promise<void> {
  const server = await startOpenAiServer();
  const media = createFakeMedia();
  const messages: TranscriptMessage[] = [];
  const toolCalls: ToolCall[] = [];
  let conversation: Conversation | undefined;
  const start = async (more: AssistantConfiguration, baseUrl = server.baseUrl) => {
    const providers = createProviders({
      clock: systemClock,
      espeak,
      patience: PATIENCE,
      settings: { openai: { apiKey: undefined, baseUrl, isOwnServer: true } },
    });
    const speakText = createSpeakText(providers);
    const result = await createStartConversation({ providers, speakText, clock: systemClock, logger })({
      callId: "call",
      configuration: { ...scripted, ...more },
      media,
      runTool: (toolCall) => {
        toolCalls.push(toolCall);
        return Promise.resolve({ outcome: "result", result: { closes: "17:30" } });
      },
      events: { onMessage: (message) => messages.push(message) },
    });
    if (result.outcome === "failed") throw new Error(result.error);
    conversation = result.conversation;
    return conversation;
  };
  const heardMs = () => media.heard.filter(isLoud).length * 20;
  try {
    await play({ server, media, messages, toolCalls, start, heardMs });
  } finally {
    await conversation?.stop();
    media.close();
    await server.stop();
  }
}

test.concurrent("talks through a server of the OpenAI protocol: hears, calls a tool, answers", () =>
  inScene(async ({ server, media, toolCalls, start, heardMs }) => {
    server.transcriptions = [{ type: "transcript", text: "When do you close?" }];
    server.chat = [
      { type: "tool", name: "opening_hours", arguments: { day: "today" }, say: "Let me look." },
      { type: "say", text: "We close at half past five." },
    ];
    server.speech = [{ type: "audio", durationMs: 500 }];
    const conversation = await start({ ...openai.stt, ...openai.llm, ...openai.tts });
    media.speak(question);
    await media.untilQuiet(700);
    expect(conversation.messages()).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "When do you close?" },
      { role: "assistant", content: "Let me look." },
      { role: "assistant", content: "We close at half past five." },
    ]);
    expect(toolCalls).toMatchObject([{ arguments: { day: "today" } }]);
    const [, second] = server.requests.filter(({ path }) => path.endsWith("/chat/completions"));
    expect(second?.body["messages"]).toMatchObject([
      { role: "system", content: "Be brief." },
      { role: "user" },
      { role: "assistant", tool_calls: [{ id: "call_0", function: { name: "opening_hours" } }] },
      { role: "tool", tool_call_id: "call_0", content: JSON.stringify({ closes: "17:30" }) },
    ]);
    expect(heardMs()).toBeGreaterThan(900);
  }));

/** A closed port: refused at once. */
const DEAD = "http://127.0.0.1:2/v1";

const cases: [
  string,
  AssistantConfiguration,
  Partial<Pick<OpenAiServer, "chat" | "transcriptions" | "speech">>,
  string,
][] = [
  ["STT 401", openai.stt, { transcriptions: [{ type: "status", status: 401 }] }, "STT connection failed"],
  ["STT 500", openai.stt, { transcriptions: [{ type: "status", status: 500 }] }, "STT connection failed"],
  ["STT hangs", openai.stt, { transcriptions: [{ type: "hang" }] }, "STT connection failed"],
  ["STT refused", openai.stt, {}, "STT connection failed"],
  ["LLM 401", openai.llm, { chat: [{ type: "status", status: 401 }] }, "LLM connection failed"],
  ["LLM 500", openai.llm, { chat: [{ type: "status", status: 500 }] }, "LLM connection failed"],
  ["LLM hangs", openai.llm, { chat: [{ type: "hang" }] }, "LLM connection failed"],
  ["LLM stalls after the headers", openai.llm, { chat: [{ type: "stall" }] }, "LLM connection failed"],
  [
    "LLM stalls in mid-sentence",
    openai.llm,
    { chat: [{ type: "stall", text: "We close " }] },
    "LLM connection failed",
  ],
  ["LLM drops", openai.llm, { chat: [{ type: "drop" }] }, "LLM connection failed"],
  ["LLM refused", openai.llm, {}, "LLM connection failed"],
  ["TTS 401", openai.tts, { speech: [{ type: "status", status: 401 }] }, "TTS connection failed"],
  ["TTS 500", openai.tts, { speech: [{ type: "status", status: 500 }] }, "TTS connection failed"],
  ["TTS hangs", openai.tts, { speech: [{ type: "hang" }] }, "TTS connection failed"],
  ["TTS stalls after the headers", openai.tts, { speech: [{ type: "stall" }] }, "TTS connection failed"],
  ["TTS refused", openai.tts, {}, "TTS connection failed"],
];

test.concurrent.each(cases)(
  "%s: the caller hears an apology, and the call ends with the error",
  (name, more, answers, error) =>
    inScene(async ({ server, media, messages, start, heardMs }) => {
      Object.assign(server, answers);
      const conversation = await start(more, name.endsWith("refused") ? DEAD : server.baseUrl);
      media.speak(question);
      expect(await conversation.ended).toEqual({ reason: "error", error });
      expect(heardMs()).toBeGreaterThan(2_000);
      expect(messages.at(-1)).toEqual({ role: "assistant", content: APOLOGY });
    }),
);

test.concurrent("one failure that comes fast is tried again, unheard by the caller", () =>
  inScene(async ({ server, media, start }) => {
    server.chat = [
      { type: "status", status: 503 },
      { type: "say", text: "At five." },
    ];
    const conversation = await start(openai.llm);
    media.speak(question);
    await media.untilQuiet(500);
    expect(conversation.messages().at(-1)).toEqual({ role: "assistant", content: "At five." });
    expect(server.requests).toHaveLength(2);
  }));
