import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { systemClock, type Clock } from "../../src/clock.ts";
import { createAnalyze } from "../../src/conversation/analysis.ts";
import { prepareConversations } from "../../src/conversation/agent-conversation.ts";
import { createSummarize } from "../../src/conversation/summary.ts";
import { createProviders } from "../../src/speech/providers.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { createManualClock } from "../harness/manual-clock.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";

// A model over real HTTP; the clock of the analysis alone is moved by hand.

let openAi: OpenAiServer;
let espeak: Espeak;
beforeAll(prepareConversations);
beforeEach(async () => {
  openAi = await startOpenAiServer();
  espeak = createEspeak();
});
afterEach(async () => {
  await openAi.stop();
  await espeak.stop();
});

const schema = { type: "object", properties: { rating: { type: "integer" } }, required: ["rating"] };
const configured = (more: AssistantConfiguration = {}): AssistantConfiguration => ({
  llm_config: { provider: "openai", model: "own" },
  analysis_plan: { structured_data_plan: { enabled: true, schema } },
  ...more,
});
const messages = [
  { role: "assistant" as const, content: "Hello." },
  { role: "user" as const, content: "Goodbye, that was helpful." },
];
const call = { messages, endedReason: "user_hangup" };

function providers() {
  return createProviders({
    clock: systemClock,
    espeak,
    settings: { openai: { apiKey: undefined, baseUrl: openAi.baseUrl, isOwnServer: true } },
  });
}

const analyze = (
  configuration: AssistantConfiguration,
  {
    clock = systemClock,
    signal = new AbortController().signal,
  }: { clock?: Clock; signal?: AbortSignal } = {},
) => createAnalyze(providers(), clock)(call, configuration, signal);

const asked = () =>
  openAi.requests.map(({ body }) => body as { model: string; messages: { content: string }[] });

test("what the schema wants is drawn from what was said", async () => {
  openAi.chat = [{ type: "say", text: '{"rating": 5}' }];
  expect(await analyze(configured())).toEqual({ outcome: "made", data: { rating: 5 } });
  const [request] = asked();
  expect(request!.model).toBe("own");
  const text = JSON.stringify(request!.messages);
  expect(text).toContain("user: Goodbye, that was helpful.");
  expect(text).toContain("user_hangup");
});

test("a model that answers wrongly is told so, once", async () => {
  openAi.chat = [
    { type: "say", text: "Five of five!" },
    { type: "say", text: '{"rating": 5}' },
  ];
  expect(await analyze(configured())).toEqual({ outcome: "made", data: { rating: 5 } });
  expect(JSON.stringify(asked()[1]!.messages)).toContain("the answer is not a JSON object");

  openAi.chat = [{ type: "say", text: '{"rating": "five"}' }];
  openAi.requests.length = 0;
  expect(await analyze(configured())).toEqual({
    outcome: "failed",
    because: expect.stringMatching(/^rating: /) as string,
  });
  expect(openAi.requests).toHaveLength(2);
});

test("the model of postcall_llm looks back at the call, in the summary too", async () => {
  openAi.chat = [{ type: "say", text: '{"rating": 5}' }];
  const configuration = configured({
    llm_config: { provider: "scripted", script: [] },
    postcall_llm: { provider: "openai", model: "gpt-5.4-mini" },
  });
  expect(await analyze(configuration)).toMatchObject({ outcome: "made" });
  const summarize = createSummarize(providers(), systemClock);
  expect(await summarize(messages, configuration, new AbortController().signal)).toBe('{"rating": 5}');
  // One that cannot be had leaves it to the assistant's own.
  const other = { ...configured(), postcall_llm: { provider: "xai", model: "grok-4.3" } };
  expect(await analyze(other)).toMatchObject({ outcome: "made" });
  expect(asked().map(({ model }) => model)).toEqual(["gpt-5.4-mini", "gpt-5.4-mini", "own"]);
});

test.each([
  ["no plan", { analysis_plan: null }, { outcome: "unasked" }],
  [
    "too little said",
    { analysis_plan: { structured_data_plan: { enabled: true }, min_messages_threshold: 3 } },
    { outcome: "skipped", because: "2 messages; the plan wants 3" },
  ],
  [
    "a scripted model",
    { llm_config: { provider: "scripted", script: [] } },
    { outcome: "skipped", because: "there is no language model to ask" },
  ],
  [
    "a schema that is none",
    { analysis_plan: { structured_data_plan: { enabled: true, schema: { type: "nonsense" } } } },
    { outcome: "failed", because: expect.stringContaining("the plan's schema: ") as string },
  ],
])("%s: nobody is asked", async (_name, more, result) => {
  expect(await analyze(configured(more))).toEqual(result);
  expect(openAi.requests).toEqual([]);
});

test("a model that fails, or hangs: the report goes on without", async () => {
  openAi.chat = [{ type: "status", status: 401 }];
  expect(await analyze(configured())).toMatchObject({ outcome: "failed" });

  openAi.chat = [{ type: "hang" }];
  openAi.requests.length = 0;
  const clock = createManualClock();
  const hanging = analyze(configured(), { clock });
  await expect.poll(() => openAi.requests.length).toBe(1);
  clock.advance(20_000);
  expect(await hanging).toEqual({ outcome: "failed", because: "no answer within 20 s" });

  const stopping = new AbortController();
  const stopped = analyze(configured(), { signal: stopping.signal });
  await expect.poll(() => openAi.requests.length).toBe(2);
  stopping.abort();
  expect(await stopped).toEqual({ outcome: "failed", because: "stopped" });
  await expect.poll(() => openAi.openRequests).toBe(0);
});
