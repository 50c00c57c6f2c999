import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareConversations } from "../../src/conversation/agent-session.ts";
import type { ToolCall, ToolCallResult, TransferRequest } from "../../src/conversation/conversation.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { join, silence, telephoneSpeech, until, type Talk } from "../harness/conversation.ts";
import { isLoud } from "../harness/fake-media.ts";
import { answers, bye, find, flow, go, more, says, talk, withTalk } from "../harness/workflow-talk.ts";

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

test.concurrent("conversation, tool, conversation, end: lines in order, the tool called with its arguments", () => {
  const called: ToolCall[] = [];
  return withTalk(
    {
      espeak,
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
      espeak,
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
      espeak,
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
      espeak,
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
      espeak,
      configuration: {
        ...says("My order."),
        ...answers(go("order", "more"), { on: "digits", match: "^1$", say: "One, then." }),
        autonomous_silence_handling: true,
        speech_config: {
          silence: {
            messages: ["Still there?"],
            final_message: "Goodbye then.",
            first_check_seconds: 4,
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
        "assistant: One, then.",
        "assistant: Still there?",
        "assistant: Goodbye then.",
      ]);
    },
  ));

test.concurrent("a node whose provider is not to be had fails the call as its beginning would", () =>
  withTalk(
    {
      espeak,
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

test.concurrent("a caller who interrupts a node's first line is answered on that node", () =>
  withTalk(
    {
      espeak,
      configuration: {
        ...says("My order.", "Stop."),
        ...answers(go("order", "more"), go("stop", "bye")),
      },
      workflow: flow(
        [talk, { ...more, first_line: "This is a long line. It goes on and on. ".repeat(4) }, bye],
        [
          { from: "talk", to: "more", description: "a", message: "" },
          { from: "more", to: "bye", description: "b" },
        ],
      ),
    },
    async (conversation, media) => {
      await media.untilQuiet(400);
      media.speak(words);
      await until(() => conversation.nodes.includes("more"));
      await media.untilLoud();
      // Something of the line has been heard by then, or there is nothing in the transcript to be cut off.
      media.speak(join(silence(900), words));
      expect(await conversation.conversation.ended).toEqual({ reason: "assistant-hangup" });
      expect(conversation.activities).toContain("assistant-interrupted");
      expect(conversation.lines().at(-1)).toBe("assistant: Thank you for calling. Goodbye.");
    },
  ));

test.concurrent("somebody else takes the call while a tool runs: nothing is said until the caller is back", () => {
  const { promise: answer, resolve } = Promise.withResolvers<ToolCallResult>();
  return withTalk(
    {
      espeak,
      configuration: {
        ...says("My order."),
        ...answers(go("order", "find"), { on: "node", match: "more", say: "You are back." }),
      },
      workflow: flow(
        [talk, find, more],
        [
          { from: "talk", to: "find", description: "a", message: "" },
          { from: "find", to: "more" },
        ],
      ),
      runTool: () => answer,
    },
    async ({ conversation, nodes, lines }, media) => {
      await media.untilQuiet(400);
      media.speak(words);
      await until(() => nodes.includes("find"));
      conversation.hold();
      const heardBefore = media.heard.length;
      resolve({ outcome: "result", result: 1 });
      await until(() => nodes.includes("more") && media.heard.length > heardBefore + 100);
      expect(media.heard.slice(heardBefore).some(isLoud)).toBe(false);
      conversation.resume();
      conversation.transferFailed("nobody answered");
      await until(() => lines().includes("assistant: You are back."));
    },
  );
});
