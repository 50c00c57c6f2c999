import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { prepareConversations } from "../../src/conversation/agent-conversation.ts";
import type { ConversationRequest, Transcription } from "../../src/conversation/conversation.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { startTalk, telephoneSpeech, until, type Talk } from "../harness/conversation.ts";
import { createFakeMedia, type FakeMedia } from "../harness/fake-media.ts";

// A caller with a keyboard and a screen: what is typed is a turn, and what is said is shown as it is said.

let espeak: Espeak;
let media: FakeMedia;
let talk: Talk;
let pieces: Transcription[];

beforeAll(() => {
  prepareConversations();
  espeak = createEspeak();
});
afterAll(() => espeak.stop());
beforeEach(() => {
  media = createFakeMedia();
  pieces = [];
});
afterEach(async () => {
  await talk.conversation.stop();
  media.close();
});

async function start(
  configuration: AssistantConfiguration,
  more: Partial<Pick<ConversationRequest, "runTool" | "transfer">> = {},
): Promise<void> {
  talk = await startTalk({
    media,
    espeak,
    direction: "web",
    configuration,
    onTranscription: (piece) => pieces.push(piece),
    ...more,
  });
}
const script = (...rules: object[]) => ({ provider: "scripted", script: rules });
const shown = (speaker: "caller" | "assistant") =>
  pieces.filter((piece) => piece.speaker === speaker && piece.isFinal).map(({ text }) => text);

test("what is typed is a turn of the conversation, and is answered aloud", async () => {
  await start({
    first_message: "Hello.",
    llm_config: script(
      { on: "user", match: "open", say: "We are open until six." },
      { on: "user", match: "thanks", say: "You are welcome." },
    ),
  });
  await until(() => talk.lines().length === 1);
  talk.conversation.typed("When are you open?");
  await until(() => talk.lines().length === 3);
  talk.conversation.typed("Thanks!");
  await until(() => talk.lines().length === 5);
  expect(talk.lines()).toEqual([
    "assistant: Hello.",
    "user: When are you open?",
    "assistant: We are open until six.",
    "user: Thanks!",
    "assistant: You are welcome.",
  ]);
  // The page shows its own text itself.
  expect(shown("caller")).toEqual([]);
  expect(shown("assistant")).toEqual(["Hello.", "We are open until six.", "You are welcome."]);
}, 30_000);

test("it cuts the assistant short; the transcript has as much as was heard", async () => {
  const long =
    "Let me tell you at length about everything that we have ever sold, from the first day on, until the very last one.";
  await start({
    first_message: long,
    llm_config: script({ on: "user", match: "stop", say: "All right." }),
  });
  await until(() => pieces.some(({ text }) => text.includes("length")));
  talk.conversation.typed("Stop.");
  await until(() => talk.lines().length === 3);
  const [cut, ...rest] = talk.lines();
  expect(rest).toEqual(["user: Stop.", "assistant: All right."]);
  expect(cut).toMatch(/^assistant: Let me tell you at length/);
  expect(cut!.length).toBeLessThan(long.length - 20);
  expect(talk.activities).toContain("assistant-interrupted");
}, 30_000);

test("the assistant's words are shown as they are heard, and never what was not", async () => {
  const sentence = "One two three four five six seven eight nine ten, eleven, twelve.";
  await start({ first_message: sentence });
  await until(() => pieces.some(({ isFinal }) => isFinal));
  const ids = new Set(pieces.map(({ segmentId }) => segmentId));
  expect(ids.size).toBe(1);
  // It grew word by word: each piece begins with the one before, and the last is all of it.
  expect(pieces.length).toBeGreaterThan(4);
  for (const [index, piece] of pieces.entries()) {
    expect(sentence.startsWith(piece.text)).toBe(true);
    if (index > 0) expect(piece.text.length).toBeGreaterThanOrEqual(pieces[index - 1]!.text.length);
  }
  expect(pieces.at(-1)).toEqual({
    segmentId: [...ids][0],
    speaker: "assistant",
    text: sentence,
    isFinal: true,
  });
  // The first piece came while most of it was still to be said.
  expect(pieces[0]!.text.length).toBeLessThan(sentence.length / 2);
}, 30_000);

test("the caller's words are shown as they are recognised", async () => {
  await start({
    stt_config: { provider: "scripted", utterances: ["I lost my key."] },
    llm_config: script({ on: "user", match: "key", say: "I am sorry." }),
  });
  media.speak(await telephoneSpeech(espeak, "I lost my key."));
  await until(() => shown("assistant").length === 1);
  expect(shown("caller")).toEqual(["I lost my key."]);
  expect(shown("assistant")).toEqual(["I am sorry."]);
}, 30_000);

test("several in a row: each is in the transcript, and the last reply answers them all", async () => {
  await start({ llm_config: script({ on: "user", match: "third", say: "To all three: yes." }) });
  for (const text of ["The first.", "The second.", "The third."]) talk.conversation.typed(text);
  await until(() => talk.lines().some((line) => line.startsWith("assistant")));
  expect(talk.lines()).toEqual([
    "user: The first.",
    "user: The second.",
    "user: The third.",
    "assistant: To all three: yes.",
  ]);
}, 30_000);

test("a tool is called for it", async () => {
  const calls: unknown[] = [];
  await start(
    {
      llm_config: {
        ...script(
          { on: "user", match: "order", tool: { name: "find_order", arguments: { number: "7" } } },
          { on: "tool", match: "find_order", say: "It is on its way." },
        ),
        tools: [{ name: "find_order", parameters: { type: "object", properties: {} } }],
      },
    },
    {
      runTool(toolCall) {
        calls.push(toolCall.arguments);
        return Promise.resolve({ outcome: "result", result: "on its way" });
      },
    },
  );
  talk.conversation.typed("Where is my order?");
  await until(() => talk.lines().length === 2);
  expect(calls).toEqual([{ number: "7" }]);
  expect(talk.lines()[1]).toBe("assistant: It is on its way.");
}, 30_000);

test("while somebody else has the caller's ear it is nobody's", async () => {
  await start({ llm_config: script({ on: "user", match: ".", say: "Hm." }) });
  talk.conversation.hold();
  talk.conversation.typed("Hello?");
  talk.conversation.resume();
  talk.conversation.typed("Are you there?");
  await until(() => talk.lines().length >= 2);
  expect(talk.lines()).toEqual(["user: Are you there?", "assistant: Hm."]);
}, 30_000);

test("who types is there: silence begins anew", async () => {
  await start({
    llm_config: script({ on: "user", match: "thinking", say: "Take your time." }),
    autonomous_silence_handling: true,
    speech_config: {
      silence: { first_check_seconds: 3, interval_seconds: 3, max_attempts: 1, messages: ["Are you there?"] },
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  talk.conversation.typed("I am thinking.");
  await until(() => talk.lines().length === 2);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(talk.lines()).toEqual(["user: I am thinking.", "assistant: Take your time."]);
}, 30_000);
