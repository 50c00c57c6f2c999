import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { systemClock } from "../../src/clock.ts";
import { createStartConversation, prepareConversations } from "../../src/conversation/agent-conversation.ts";
import type { Conversation, ToolCall, TranscriptMessage } from "../../src/conversation/conversation.ts";
import { createSpeakText } from "../../src/conversation/speak-text.ts";
import { createLogger } from "../../src/logger.ts";
import { createProviders, type Providers } from "../../src/speech/providers.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import type { ScriptRule } from "../../src/speech/llm/script.ts";
import { openRtpLeg, type RtpLeg } from "../harness/rtp-leg.ts";

// Keys both ways, as RFC 4733 events over real RTP.

let espeak: Espeak;
let providers: Providers;
let leg: RtpLeg;
let conversation: Conversation;
let messages: TranscriptMessage[];
let toolCalls: ToolCall[];

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
beforeEach(async () => {
  leg = await openRtpLeg();
  messages = [];
  toolCalls = [];
});
afterEach(async () => {
  await conversation.stop();
  leg.close();
});

async function start(script: ScriptRule[], more: AssistantConfiguration = {}): Promise<void> {
  const result = await createStartConversation({
    providers,
    speakText: createSpeakText(providers),
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  })({
    callId: "call",
    configuration: {
      tts_config: { provider: "local", voice_id: "en" },
      stt_config: { provider: "scripted", utterances: [] },
      llm_config: {
        provider: "scripted",
        script,
        tools: [
          { name: "find_order", parameters: { type: "object", properties: { number: { type: "string" } } } },
          { type: "send_digits" },
        ],
      },
      ...more,
    },
    media: leg.media,
    runTool: (toolCall) => {
      toolCalls.push(toolCall);
      return Promise.resolve({ outcome: "result", result: "on its way" });
    },
    events: { onMessage: (message) => messages.push(message) },
  });
  if (result.outcome === "failed") throw new Error(result.error);
  ({ conversation } = result);
  // The session hands a call's digits on as the carrier tells of them.
  leg.media.onDigit((digit) => conversation.digit(digit));
}

async function untilSaid(text: string): Promise<void> {
  while (!messages.some(({ content }) => content.includes(text))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("keys reach a tool's arguments together, and no transcript", async () => {
  await start([
    { on: "digits", match: "#$", tool: { name: "find_order", arguments: { number: "{{digits}}" } } },
    { on: "tool", match: "find_order", say: "Your order is {{result}}." },
  ]);
  leg.press(["4", "7", "2", "#"]);
  await untilSaid("on its way");
  expect(toolCalls).toMatchObject([{ arguments: { number: "472#" } }]);
  expect(conversation.messages()).toEqual([{ role: "assistant", content: "Your order is on its way." }]);
});

test("a single key is answered after a pause, and does not cut the assistant off", async () => {
  await start([{ on: "digits", match: "^1$", say: "Sales it is." }], {
    first_message: "Press one for sales, two for support, or three to hear this menu again.",
  });
  while (leg.loudAtMs.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  leg.press(["1"]);
  await untilSaid("Sales");
  expect(messages).toEqual([
    {
      role: "assistant",
      content: "Press one for sales, two for support, or three to hear this menu again.",
    },
    { role: "assistant", content: "Sales it is." },
  ]);
});

test("the model presses keys, which arrive on the other side", async () => {
  await start([
    { on: "digits", match: "^9$", tool: { name: "send_digits", arguments: { digits: "12#" } } },
    { on: "tool", match: "send_digits", say: "{{result}}" },
  ]);
  leg.press(["9"]);
  await untilSaid("Pressed 1 2 #.");
  while (leg.pressed.length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(leg.pressed).toEqual(["1", "2", "#"]);
});
