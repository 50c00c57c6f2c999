import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareConversations } from "../../src/conversation/agent-session.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { telephoneSpeech, until } from "../harness/conversation.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";
import { answers, flow, go, more, says, talk, withTalk } from "../harness/workflow-talk.ts";

// What a language model is told on each node, and nodes with models of their own.
vi.setConfig({ testTimeout: 60_000, maxConcurrency: 4 });

let espeak: Espeak;
let words: Int16Array;

beforeAll(async () => {
  prepareConversations();
  espeak = createEspeak();
  words = await telephoneSpeech(espeak, "It is about my order.");
});
afterAll(() => espeak.stop());

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
  ((body?.["messages"] ?? []) as { role: string; content: string }[]).filter(({ role }) => role === "system");

test.concurrent("a language model: instructions, tools and results of each node; own model and voice on one of them", () =>
  withServer((server) =>
    withTalk(
      {
        espeak,
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
        espeak,
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
        espeak,
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
