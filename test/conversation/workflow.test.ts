import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareConversations } from "../../src/conversation/agent-session.ts";
import type { ToolCall, ToolCallResult, TransferRequest } from "../../src/conversation/conversation.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import {
  workflowDefinitionSchema,
  type WorkflowDefinition,
} from "../../src/workflows/workflow-definition.ts";
import { startTalk, telephoneSpeech, until, type Talk } from "../harness/conversation.ts";
import { createFakeMedia, type FakeMedia } from "../harness/fake-media.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";

// Each test waits for speech in real time; they run side by side, on whatever the machine has left.
vi.setConfig({ testTimeout: 60_000, maxConcurrency: 4 });

let espeak: Espeak;
let words: Int16Array;

beforeAll(async () => {
  prepareConversations();
  espeak = createEspeak();
  words = await telephoneSpeech(espeak, "It is about my order.");
});
afterAll(() => espeak.stop());

async function withTalk(
  options: Partial<Parameters<typeof startTalk>[0]>,
  run: (talk: Talk, media: FakeMedia) => Promise<void>,
): Promise<void> {
  const media = createFakeMedia();
  const talk = await startTalk({ configuration: {}, media, espeak, ...options });
  try {
    await run(talk, media);
  } finally {
    await talk.conversation.stop();
    media.close();
  }
}

const flow = (nodes: object[], edges: object[] = [], more: object = {}): WorkflowDefinition =>
  workflowDefinitionSchema.parse({ version: 1, entry_node: "talk", nodes, edges, ...more });
const talk = {
  id: "talk",
  type: "conversation",
  instructions: "Ask what it is about.",
  first_line: "Hello.",
};
const more = {
  id: "more",
  type: "conversation",
  instructions: "Tell the status.",
  first_line: "I found it.",
};
const find = { id: "find", type: "tool", tool_name: "find_order", arguments: { by: "phone" } };
const bye = { id: "bye", type: "end" };
const says = (...utterances: string[]) => ({ stt_config: { provider: "scripted", utterances } });
const answers = (...script: object[]) => ({ llm_config: { provider: "scripted", script } });
const go = (match: string, to: string, say?: string) => ({
  on: "user",
  match,
  tool: { name: `go_to_${to}` },
  ...(say !== undefined && { say }),
});

test.concurrent("conversation, tool, conversation, end: lines in order, the tool called with its arguments", () => {
  const called: ToolCall[] = [];
  return withTalk(
    {
      configuration: {
        ...says("My order.", "Thanks, bye."),
        ...answers(go("order", "find", "Sure."), go("bye", "bye")),
        first_message: "The assistant's own.",
      },
      workflow: flow(
        [talk, { ...find, url: "https://orders.example", first_line: "I am looking." }, more, bye],
        [
          { from: "talk", to: "find", description: "Wants an order" },
          { from: "find", to: "more" },
          { from: "more", to: "bye", description: "Is done" },
        ],
        { global_prompt: "You are the desk." },
      ),
      runTool(toolCall) {
        called.push(toolCall);
        return Promise.resolve({ outcome: "result", result: { status: "sent" } });
      },
    },
    async (conversation, media) => {
      await media.untilQuiet(400);
      media.speak(words);
      await until(() => conversation.lines().includes("assistant: I found it."));
      media.speak(words);
      expect(await conversation.conversation.ended).toEqual({ reason: "assistant-hangup" });
      expect(conversation.lines()).toEqual([
        "system: You are the desk.\n\nAsk what it is about.",
        "assistant: Hello.",
        "user: My order.",
        "assistant: Sure.",
        "assistant: One moment, please.",
        "assistant: I am looking.",
        "assistant: I found it.",
        "user: Thanks, bye.",
        "assistant: Thank you for calling. Goodbye.",
      ]);
      expect(conversation.nodes).toEqual(["talk", "find", "more", "bye"]);
      expect(called).toEqual([
        {
          id: expect.stringMatching(/^call_\w+$/),
          tool: expect.objectContaining({
            kind: "webhook",
            name: "find_order",
            url: "https://orders.example",
          }),
          arguments: { by: "phone" },
        },
      ]);
    },
  );
});

test.concurrent("a tool that fails leads on all the same, and the next node knows; what is said meanwhile is not lost", () => {
  const { promise: answer, resolve } = Promise.withResolvers<ToolCallResult>();
  return withTalk(
    {
      configuration: {
        ...says("My order.", "Hurry up."),
        ...answers(
          go("order", "find"),
          { on: "user", match: "hurry", say: "Never said." },
          { on: "node", match: "more", say: "Not found: {{error}}" },
        ),
      },
      workflow: flow(
        [talk, { ...find, first_line: "Wait." }, { ...more, first_line: null }],
        [
          { from: "talk", to: "find", description: "Wants an order", message: "" },
          { from: "find", to: "more" },
        ],
      ),
      runTool: () => answer,
    },
    async (conversation, media) => {
      await media.untilQuiet(400);
      media.speak(words);
      await until(() => conversation.lines().includes("assistant: Wait."));
      media.speak(words);
      await until(() => conversation.lines().includes("user: Hurry up."));
      resolve({ outcome: "error", error: "no answer" });
      await until(() => conversation.lines().includes("assistant: Not found: no answer"));
      expect(conversation.lines().slice(1)).toEqual([
        "assistant: Hello.",
        "user: My order.",
        "assistant: Wait.",
        "user: Hurry up.",
        "assistant: Not found: no answer",
      ]);
    },
  );
});

test.concurrent("tools that lead in a circle are called once each; then the last conversation goes on", () => {
  const called: string[] = [];
  return withTalk(
    {
      configuration: {
        ...says("My order."),
        ...answers(go("order", "find"), { on: "node", match: "talk", say: "Anything else?" }),
      },
      workflow: flow(
        [talk, find, { ...find, id: "again", tool_name: "find_again" }],
        [
          { from: "talk", to: "find", description: "Wants an order", message: "" },
          { from: "find", to: "again" },
          { from: "again", to: "find" },
        ],
      ),
      runTool({ tool }) {
        called.push("name" in tool ? tool.name : tool.kind);
        return Promise.resolve({ outcome: "result", result: 1 });
      },
    },
    async (conversation, media) => {
      await media.untilQuiet(400);
      media.speak(words);
      await until(() => conversation.lines().includes("assistant: Anything else?"));
      expect(called).toEqual(["find_order", "find_again"]);
      expect(conversation.nodes).toEqual(["talk", "find", "again", "talk"]);
    },
  );
});

test.concurrent("a transfer that fails: the caller is back where the conversation was", () => {
  const wanted: TransferRequest[] = [];
  let held = false;
  const running: Talk[] = [];
  return withTalk(
    {
      configuration: { ...says("A person please."), ...answers(go("person", "desk")) },
      workflow: flow(
        [
          talk,
          { id: "desk", type: "transfer", destination: "+31201234567", first_line: "I put you through." },
        ],
        [{ from: "talk", to: "desk", description: "Wants a person", message: "" }],
      ),
      transfer(request) {
        wanted.push(request);
        running[0]!.conversation.hold();
        held = true;
        running[0]!.conversation.resume();
        return Promise.resolve({ outcome: "failed", detail: "the line is busy" });
      },
    },
    async (conversation, media) => {
      running.push(conversation);
      await media.untilQuiet(400);
      media.speak(words);
      await until(() => conversation.lines().some((line) => line.includes("could not put you through")));
      expect(held).toBe(true);
      expect(wanted).toEqual([
        { destination: "+31201234567", announcement: "I put you through.", warm: undefined },
      ]);
      expect(conversation.nodes).toEqual(["talk", "desk", "talk"]);
    },
  );
});

test.concurrent("the keypad, silence and end_call work on every node", () =>
  withTalk(
    {
      configuration: {
        ...says("My order."),
        ...answers(go("order", "more"), { on: "user", match: "never", say: "Never." }),
        autonomous_silence_handling: true,
        speech_config: {
          silence: {
            messages: ["Still there?"],
            final_message: "Goodbye then.",
            first_check_seconds: 1,
            interval_seconds: 1,
            max_attempts: 1,
          },
        },
      },
      workflow: flow([talk, more], [{ from: "talk", to: "more", description: "Wants an order" }]),
    },
    async (conversation, media) => {
      await media.untilQuiet(200);
      media.speak(words);
      await until(() => conversation.lines().includes("assistant: I found it."));
      conversation.conversation.digit("1");
      expect(await conversation.conversation.ended).toEqual({ reason: "silence-timeout" });
      expect(conversation.lines().slice(-3)).toEqual([
        "assistant: I found it.",
        "assistant: Still there?",
        "assistant: Goodbye then.",
      ]);
    },
  ));

async function withServer(run: (server: OpenAiServer) => Promise<void>): Promise<void> {
  const server = await startOpenAiServer();
  try {
    await run(server);
  } finally {
    await server.stop();
  }
}
const requestsTo = (server: OpenAiServer, path: string) =>
  server.requests.filter((request) => request.path.endsWith(path)).map(({ body }) => body);
const toolsOf = (body: Record<string, unknown> | undefined) =>
  ((body?.["tools"] ?? []) as { function: { name: string } }[]).map((tool) => tool.function.name);
const systemOf = (body: Record<string, unknown> | undefined) =>
  (body?.["messages"] as { role: string; content: string }[]).filter(({ role }) => role === "system");

test.concurrent("a language model: instructions, tools and results of each node; own model and voice on one of them", () =>
  withServer((server) =>
    withTalk(
      {
        openAiUrl: server.baseUrl,
        configuration: {
          ...says("My order.", "The status.", "And the rest."),
          llm_config: { provider: "openai", model: "m", temperature: 0.5 },
        },
        workflow: flow(
          [
            {
              ...talk,
              first_line: null,
              tools: [{ name: "look", description: "Looks" }],
              llm_config: { model: "entry" },
            },
            {
              ...more,
              first_line: null,
              llm_config: { model: "better", temperature: 0.2 },
              tts_config: { provider: "openai", model: "t", voice_id: "nova" },
            },
            {
              id: "help",
              type: "conversation",
              instructions: "Help.",
              global: true,
              global_description: "Asks for help",
            },
          ],
          [
            { from: "talk", to: "more", description: "Wants an order" },
            { from: "more", to: "talk", description: "Wants something else" },
          ],
          { global_prompt: "You are the desk." },
        ),
        runTool: () => Promise.resolve({ outcome: "result", result: { order: 7 } }),
      },
      async (conversation, media) => {
        server.speech = [{ type: "audio", durationMs: 600 }];
        server.chat = [
          { type: "say", text: "Welcome." },
          { type: "tool", name: "look", arguments: { a: 1 } },
          { type: "tool", name: "go_to_more", arguments: {} },
          { type: "say", text: "It is order seven." },
          { type: "tool", name: "go_to_talk", arguments: {} },
          { type: "say", text: "What else?" },
        ];
        await until(() => conversation.lines().includes("assistant: Welcome."));
        media.speak(words);
        await until(() => conversation.lines().includes("assistant: It is order seven."));
        const chats = () => requestsTo(server, "/chat/completions");
        const [entered, asked, looked, moved] = chats();
        expect(toolsOf(entered)).toEqual(["go_to_help", "go_to_more", "look"]);
        expect(entered).toMatchObject({ model: "entry", temperature: 0.5 });
        expect(systemOf(asked)[0]!.content).toBe("You are the desk.\n\nAsk what it is about.");
        expect(JSON.stringify(looked!["messages"])).toContain('"role":"tool"');
        expect(moved).toMatchObject({ model: "better", temperature: 0.2 });
        expect(toolsOf(moved)).toEqual(["go_to_help", "go_to_talk"]);
        expect(systemOf(moved)[0]!.content).toBe("You are the desk.\n\nTell the status.");
        const told = JSON.stringify(moved!["messages"]);
        // What the other node's tool has brought, and what was said, are still known; the way here is not.
        expect(told).toContain("My order.");
        expect(told).toContain('The tool look ({\\"a\\":1}) returned: {\\"order\\":7}');
        expect(told).not.toContain("go_to_more");
        // "One moment, please." was begun on the node before, in the session's own voice.
        expect(requestsTo(server, "/audio/speech")).toMatchObject([{ model: "t", voice: "nova" }]);
        await until(() => media.queuedSamples === 0);
        media.speak(words);
        await until(() => conversation.lines().includes("assistant: What else?"));
        expect(chats().at(-1)).toMatchObject({ model: "entry", temperature: 0.5 });
        expect(conversation.nodes).toEqual(["talk", "more", "talk"]);
      },
    ),
  ));

test.concurrent("a model that moves by itself in a circle is made to speak", () =>
  withServer((server) =>
    withTalk(
      {
        openAiUrl: server.baseUrl,
        configuration: { ...says("My order."), llm_config: { provider: "openai", model: "m" } },
        workflow: flow(
          [talk, { ...more, first_line: null }, { ...more, id: "rest", first_line: null }],
          [
            { from: "talk", to: "more", description: "a", message: "" },
            { from: "more", to: "rest", description: "b", message: "" },
            { from: "rest", to: "more", description: "c", message: "" },
          ],
        ),
      },
      async (conversation, media) => {
        const move = (to: string) => ({ type: "tool" as const, name: `go_to_${to}`, arguments: {} });
        server.chat = [
          move("more"),
          move("rest"),
          move("more"),
          move("rest"),
          move("more"),
          { type: "say", text: "Here I stay." },
        ];
        await media.untilQuiet(300);
        media.speak(words);
        await until(() => conversation.lines().includes("assistant: Here I stay."));
        const choices = requestsTo(server, "/chat/completions").map((body) => body["tool_choice"] ?? "auto");
        expect(choices).toEqual(["auto", "auto", "auto", "auto", "auto", "none"]);
      },
    ),
  ));

test.concurrent("a node's recogniser takes over, and the session's comes back", () =>
  withServer((server) =>
    withTalk(
      {
        openAiUrl: server.baseUrl,
        configuration: {
          ...says("My order.", "And now?"),
          ...answers(go("order", "more"), go("spell", "talk"), {
            on: "user",
            match: "now",
            say: "Now it works.",
          }),
        },
        workflow: flow(
          [talk, { ...more, stt_config: { provider: "openai", model: "s", language: "nl" } }],
          [
            { from: "talk", to: "more", description: "a", message: "" },
            { from: "more", to: "talk", description: "b", message: "" },
          ],
        ),
      },
      async (conversation, media) => {
        server.transcriptions = [{ type: "transcript", text: "I spell it." }];
        await media.untilQuiet(400);
        media.speak(words);
        await until(() => conversation.lines().includes("assistant: I found it."));
        media.speak(words);
        await until(() => conversation.lines().filter((line) => line === "assistant: Hello.").length === 2);
        expect(conversation.lines()).toContain("user: I spell it.");
        media.speak(words);
        await until(() => conversation.lines().includes("assistant: Now it works."));
        expect(server.requests.length).toBe(1);
      },
    ),
  ));

test.concurrent("a node whose provider is not to be had fails the call as its beginning would", () =>
  withTalk(
    {
      configuration: { ...says("My order."), ...answers(go("order", "more")) },
      workflow: flow(
        [talk, { ...more, llm_config: { provider: "mistral" } }],
        [{ from: "talk", to: "more", description: "a" }],
      ),
    },
    async (conversation, media) => {
      await media.untilQuiet(400);
      media.speak(words);
      expect(await conversation.conversation.ended).toEqual({
        reason: "error",
        error: "LLM connection failed",
      });
      expect(conversation.lines().at(-1)).toContain("something went wrong");
    },
  ));
