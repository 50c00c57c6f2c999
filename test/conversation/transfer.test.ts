import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { systemClock } from "../../src/clock.ts";
import { createStartConversation, prepareConversations } from "../../src/conversation/agent-conversation.ts";
import type {
  Conversation,
  TranscriptMessage,
  TransferOutcome,
  TransferRequest,
} from "../../src/conversation/conversation.ts";
import { createSpeakText } from "../../src/conversation/speak-text.ts";
import { createLogger } from "../../src/logger.ts";
import { createProviders, type Providers } from "../../src/speech/providers.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { createFakeMedia, isLoud, type FakeMedia } from "../harness/fake-media.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";

// The conversation's half of a transfer: the tool, the hold, and the sentence when it has failed.

const logger = createLogger({ level: "silent" });
let espeak: Espeak;
let providers: Providers;
let media: FakeMedia;
let messages: TranscriptMessage[];
let requests: TransferRequest[];
let transfer: (conversation: Conversation, request: TransferRequest) => Promise<TransferOutcome>;
const running: Conversation[] = [];

beforeAll(() => {
  prepareConversations();
  espeak = createEspeak();
});
afterAll(() => espeak.stop());
beforeEach(() => {
  providers = createProviders({
    clock: systemClock,
    espeak,
    settings: { openai: { apiKey: undefined, baseUrl: "https://api.openai.com/v1", isOwnServer: false } },
  });
  media = createFakeMedia();
  messages = [];
  requests = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((conversation) => conversation.stop()));
  media.close();
});

const sales = { number: "+31201234567", description: "Sales", message: "One moment please." };
const destinations = [sales, { type: "sip", sip_uri: "sip:desk@pbx.example", mode: "warm" }];

async function start(tool: object, more: AssistantConfiguration = {}): Promise<Conversation> {
  const configuration: AssistantConfiguration = {
    tts_config: { provider: "local", voice_id: "en" },
    stt_config: { provider: "scripted", utterances: ["Sales please.", "Hello?", "Anybody?"] },
    llm_config: {
      provider: "scripted",
      tools: [
        { type: "transfer_call", destinations: [destinations[0]] },
        { type: "transferCall", destinations: [destinations[1]] },
      ],
      script: [
        {
          on: "user",
          match: "sales",
          say: "I will put you through.",
          tool: { name: "transfer_call", arguments: tool },
        },
        { on: "tool", match: "transfer_call", say: "That did not work." },
      ],
    },
    ...more,
  };
  const result = await createStartConversation({
    providers,
    speakText: createSpeakText(providers),
    clock: systemClock,
    logger,
  })({
    callId: "call",
    configuration,
    media,
    runTool: () => Promise.resolve({ outcome: "result", result: null }),
    transfer(request) {
      requests.push(request);
      return transfer(running[0]!, request);
    },
    events: { onMessage: (message) => messages.push(message) },
  });
  if (result.outcome === "failed") throw new Error(result.error);
  running.push(result.conversation);
  return result.conversation;
}

async function say(text: string): Promise<void> {
  const { samples, sampleRateHz } = await espeak.synthesize(text, "en-us");
  media.speak(toTelephoneRate(samples, sampleRateHz));
}
const said = () => messages.map(({ role, content }) => `${role}: ${content}`);

describe("the tool", () => {
  test("is heard to its end, then transfers; afterwards nothing is said", async () => {
    let heardBefore = 0;
    transfer = async (conversation, request) => {
      heardBefore = media.heard.filter(isLoud).length;
      expect(media.queuedSamples).toBe(0);
      await conversation.say(request.announcement!, true);
      conversation.hold();
      media.heard.length = 0;
      return { outcome: "transferred" };
    };
    await start({ destination: sales.number });
    await say("Sales please.");
    await expect.poll(() => requests.length, { timeout: 10_000 }).toBe(1);
    await expect.poll(said, { timeout: 10_000 }).toContain("assistant: One moment please.");
    expect(requests).toEqual([
      { destination: sales.number, announcement: "One moment please.", warm: undefined },
    ]);
    expect(heardBefore).toBeGreaterThan(40);
    // The caller talks on, to nobody.
    await say("Hello? Is anybody there?");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(media.heard.filter(isLoud).length).toBe(0);
    expect(said()).toEqual([
      "user: Sales please.",
      expect.stringMatching(/^assistant: /),
      expect.stringMatching(/^assistant: /),
    ]);
    expect(said()).toContain("assistant: I will put you through.");
  });

  test("tells the model what went wrong, and listens again", async () => {
    transfer = (conversation) => {
      conversation.hold();
      conversation.resume();
      return Promise.resolve({ outcome: "failed", detail: "the line is busy" });
    };
    await start({ destination: "sip:desk@pbx.example" });
    await say("Sales please.");
    await expect.poll(said, { timeout: 10_000 }).toContain("assistant: That did not work.");
    expect(requests).toEqual([
      {
        destination: "sip:desk@pbx.example",
        announcement: undefined,
        warm: { acceptDigit: "1", rejectDigit: "2", briefing: undefined, prompt: undefined },
      },
    ]);
    await say("Hello?");
    await expect.poll(said, { timeout: 10_000 }).toContain("user: Hello?");
  });

  test("calls nobody whom the assistant's owner has not named", async () => {
    transfer = () => Promise.resolve({ outcome: "transferred" });
    await start({ destination: "+31900123456" });
    await say("Sales please.");
    await expect.poll(said, { timeout: 10_000 }).toContain("assistant: That did not work.");
    expect(requests).toEqual([]);
  });
});

describe("with a language model", () => {
  let server: OpenAiServer;
  beforeEach(async () => {
    server = await startOpenAiServer();
    providers = createProviders({
      clock: systemClock,
      espeak,
      settings: { openai: { apiKey: "k", baseUrl: server.baseUrl, isOwnServer: true } },
    });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((conversation) => conversation.stop()));
    await server.stop();
  });
  const llm_config = {
    provider: "openai",
    model: "m",
    tools: [{ type: "transfer_call", destinations }],
  };

  test("the destinations are in the tool's schema; what failed is told, and the model's own words are said", async () => {
    transfer = () => Promise.resolve({ outcome: "failed", detail: "the line is busy" });
    server.chat = [
      // As some models write it.
      {
        type: "tool",
        name: "transfer_call",
        arguments: { destination: "31 20 1234567" },
        say: "One moment.",
      },
      { type: "say", text: "They are all busy." },
    ];
    await start({}, { llm_config });
    await say("Sales please.");
    await expect.poll(said, { timeout: 15_000 }).toContain("assistant: They are all busy.");
    expect(requests.map(({ destination }) => destination)).toEqual([sales.number]);
    const [first, second] = server.requests.filter(({ path }) => path.endsWith("/chat/completions"));
    expect(first!.body["tools"]).toMatchObject([
      {
        type: "function",
        function: {
          name: "transfer_call",
          description: expect.stringContaining("+31201234567: Sales\nsip:desk@pbx.example: no description"),
          parameters: {
            properties: { destination: { enum: [sales.number, "sip:desk@pbx.example"] } },
            required: ["destination"],
          },
        },
      },
    ]);
    expect(JSON.stringify(second!.body["messages"])).toContain(
      "The transfer did not work: the line is busy.",
    );
  });

  test("a model that hangs after a failed transfer is spoken for", async () => {
    transfer = () => Promise.resolve({ outcome: "failed", detail: "the line is busy" });
    server.chat = [
      { type: "tool", name: "transfer_call", arguments: { destination: sales.number } },
      { type: "hang" },
    ];
    await start({}, { llm_config });
    await say("Sales please.");
    await expect
      .poll(said, { timeout: 15_000 })
      .toContainEqual(expect.stringMatching(/^assistant: I'm sorry, I could not put you through/));
  });
});

test("a transfer that somebody else wanted: the model is told; where it says nothing, a sentence is said", async () => {
  const conversation = await start({});
  conversation.hold();
  conversation.resume();
  // Nothing was said yet: the scripted model has nothing to react to.
  conversation.transferFailed("nobody answered");
  await expect
    .poll(said, { timeout: 18_000 })
    .toEqual(["assistant: I'm sorry, I could not put you through. Is there anything else I can do for you?"]);
});

test("the sentence is for a caller who is back, and not for one who is being put through", async () => {
  const conversation = await start({});
  conversation.transferFailed("nobody answered");
  conversation.hold();
  conversation.transferFailed("the call is being transferred already");
  await new Promise((resolve) => setTimeout(resolve, 4_500));
  expect(said()).toEqual([]);
  expect(media.heard.filter(isLoud)).toEqual([]);
});
