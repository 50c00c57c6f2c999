import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { systemClock } from "../../src/clock.ts";
import { createStartConversation, prepareConversations } from "../../src/conversation/agent-conversation.ts";
import { createSpeakText } from "../../src/conversation/speak-text.ts";
import { createLogger } from "../../src/logger.ts";
import { createProviders } from "../../src/speech/providers.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { startOpenAiServer, type Answer, type OpenAiServer } from "../harness/openai-server.ts";
import { openRtpLeg, type RtpLeg } from "../harness/rtp-leg.ts";

// The caller hangs up while somebody is waited for who will never answer: two seconds later nothing of it is left.

const GONE_WITHIN_MS = 2_000;
let espeak: Espeak;
let question: Int16Array;

beforeAll(async () => {
  prepareConversations();
  espeak = createEspeak();
  const { samples, sampleRateHz } = await espeak.synthesize("When do you close?", "en-us");
  question = toTelephoneRate(samples, sampleRateHz);
});
afterAll(() => espeak.stop());

const scripted: AssistantConfiguration = {
  stt_config: { provider: "scripted", utterances: ["When do you close?"] },
  llm_config: { provider: "scripted", script: [{ on: "user", match: ".*", say: "We close at five." }] },
  tts_config: { provider: "local", voice_id: "en" },
};
const calls: Record<string, [AssistantConfiguration, (server: OpenAiServer, answer: Answer) => void]> = {
  stt: [
    { stt_config: { provider: "openai", model: "whisper-1", language: "en" } },
    (server, answer) => (server.transcriptions = [answer]),
  ],
  llm: [{ llm_config: { provider: "openai", model: "test" } }, (server, answer) => (server.chat = [answer])],
  tts: [
    { tts_config: { provider: "openai", model: "tts-1", voice_id: "alloy" } },
    (server, answer) => (server.speech = [answer]),
  ],
};

async function withConversation(
  configuration: AssistantConfiguration,
  play: (scene: {
    server: OpenAiServer;
    leg: RtpLeg;
    stop: () => Promise<void>;
    toolSignals: AbortSignal[];
  }) => Promise<void>,
): Promise<void> {
  const server = await startOpenAiServer();
  const leg = await openRtpLeg();
  const providers = createProviders({
    clock: systemClock,
    espeak,
    settings: { openai: { apiKey: undefined, baseUrl: server.baseUrl, isOwnServer: true } },
  });
  const toolSignals: AbortSignal[] = [];
  const never = (signal: AbortSignal) => {
    toolSignals.push(signal);
    return new Promise<never>(() => undefined);
  };
  const started = await createStartConversation({
    providers,
    speakText: createSpeakText(providers),
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  })({
    callId: "call",
    configuration: { ...scripted, ...configuration },
    media: leg.media,
    externalTools: [
      {
        name: "find_order",
        description: "",
        parameters: { type: "object", properties: {} },
        run: (_args, signal) => never(signal),
      },
    ],
    runTool: (_toolCall, signal) => never(signal),
    events: { onMessage: () => undefined },
  });
  if (started.outcome === "failed") throw new Error(started.error);
  try {
    await play({ server, leg, stop: () => started.conversation.stop(), toolSignals });
  } finally {
    await started.conversation.stop();
    leg.close();
    await server.stop();
  }
}

async function until(isSo: () => boolean, withinMs: number): Promise<number> {
  const startedMs = performance.now();
  while (!isSo() && performance.now() - startedMs < withinMs)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return performance.now() - startedMs;
}

describe.each(Object.keys(calls))("while the %s", (part) => {
  test.concurrent.each<[string, Answer]>([
    ["hangs", { type: "hang" }],
    ["stalls in its answer", { type: "stall", text: "We close " }],
    ["drips", { type: "drip", text: "We close " }],
  ])("%s", (_how, answer) => {
    const [configuration, prepare] = calls[part]!;
    return withConversation(configuration, async ({ server, leg, stop }) => {
      prepare(server, answer);
      leg.speak(question);
      await until(() => server.openRequests > 0, 8_000);
      expect(server.openRequests).toBeGreaterThan(0);
      // Well into the wait, so that a filler is being said or synthesised too.
      await new Promise((resolve) => setTimeout(resolve, 1_700));
      const startedMs = performance.now();
      await stop();
      await until(() => server.openRequests === 0, GONE_WITHIN_MS);
      expect(server.openRequests).toBe(0);
      expect(performance.now() - startedMs).toBeLessThan(GONE_WITHIN_MS + 100);
    });
  });
});

test.concurrent.each(["opening_hours", "find_order"])("while the tool %s never settles", (name) => {
  const llm_config = {
    provider: "scripted",
    tools: [{ name: "opening_hours" }],
    script: [{ on: "user", match: ".*", tool: { name } }],
  };
  return withConversation({ llm_config }, async ({ leg, stop, toolSignals }) => {
    leg.speak(question);
    await until(() => toolSignals.length > 0, 8_000);
    const startedMs = performance.now();
    await stop();
    expect(performance.now() - startedMs).toBeLessThan(GONE_WITHIN_MS + 100);
    expect(toolSignals).toMatchObject([{ aborted: true }]);
  });
});

test("no timer and no socket of a call is left", async () => {
  const held = () =>
    process.getActiveResourcesInfo().filter((kind) => kind === "Timeout" || kind === "TCPSocketWrap").length;
  const play = () =>
    withConversation({ ...calls["llm"]![0], first_message: "Hello." }, async ({ server, leg, stop }) => {
      const before = held();
      server.chat = [{ type: "hang" }];
      leg.speak(question);
      await until(() => server.openRequests > 0, 8_000);
      const during = held();
      await stop();
      await until(() => held() < during && held() <= before, GONE_WITHIN_MS);
      expect(held()).toBeLessThanOrEqual(before);
    });
  // The first one also loads what all of them share.
  await play();
  await play();
});
